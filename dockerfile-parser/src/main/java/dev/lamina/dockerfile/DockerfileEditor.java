// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Utf8;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Changes statements of a Dockerfile and leaves every other line as it is, byte for byte.
 *
 * <pre>{@code
 * Dockerfile file = Dockerfile.parse(path);
 * Stage stage = file.stages().get(0);
 * String text = file.edit()
 *     .replace(stage.header(), stage.from().withImage("debian:bookworm"))
 *     .insertAfter(stage.header(), Env.of("LANG", "C.UTF-8"))
 *     .text();
 * }</pre>
 *
 * <p>Statements are those of the file that is edited, however many edits there are. New lines have
 * the file's line ends and escape character. An editor is immutable: each edit gives another.
 */
public final class DockerfileEditor {

  /** Text in place of {@code [from, to)} of the old one. */
  private record Change(int from, int to, String text) {}

  private final Dockerfile file;
  private final DockerfileWriter writer;
  private final List<Change> changes;

  private DockerfileEditor(Dockerfile file, DockerfileWriter writer, List<Change> changes) {
    this.file = file;
    this.writer = writer;
    this.changes = changes;
  }

  static DockerfileEditor of(Dockerfile file) {
    return new DockerfileEditor(file, DockerfileWriter.like(file), List.of());
  }

  private DockerfileEditor with(int from, int to, String text) {
    for (Change change : changes) {
      boolean both = from < change.to() && change.from() < to;
      if (both || (from == change.from() && to == change.to() && from < to)) {
        throw new IllegalArgumentException("statement that is replaced or removed already");
      }
    }
    List<Change> more = new ArrayList<>(changes);
    more.add(new Change(from, to, text));
    return new DockerfileEditor(file, writer, List.copyOf(more));
  }

  /**
   * Writes {@code instruction} where {@code statement} stands; comments above and indentation stay.
   *
   * @throws IllegalArgumentException if the statement is not of this file or is replaced or removed
   *     already, or if no text says the instruction
   */
  public DockerfileEditor replace(Statement statement, Instruction instruction) {
    SourceRange range = requireOwn(statement).range();
    return with(range.startOffset(), range.endOffset(), writer.write(instruction));
  }

  /**
   * Takes {@code statement} out with its lines; comments above it stay.
   *
   * @throws IllegalArgumentException if the statement is not of this file or is replaced or removed
   *     already
   */
  public DockerfileEditor remove(Statement statement) {
    SourceRange range = requireOwn(statement).range();
    return with(lineStart(range.startOffset()), nextLine(range.endOffset()), "");
  }

  /**
   * Takes {@code statement} out with its lines and with the comments right above it.
   *
   * @throws IllegalArgumentException if the statement is not of this file or is replaced or removed
   *     already
   */
  public DockerfileEditor removeWithComments(Statement statement) {
    SourceRange range = requireOwn(statement).range();
    return with(commentStart(statement), nextLine(range.endOffset()), "");
  }

  /**
   * Writes {@code instruction} on lines of its own above {@code statement} and the comments right
   * above that.
   *
   * @throws IllegalArgumentException if the statement is not of this file, or if no text says the
   *     instruction
   */
  public DockerfileEditor insertBefore(Statement statement, Instruction instruction) {
    int at = commentStart(requireOwn(statement));
    return with(at, at, writer.write(instruction) + writer.lineEnd());
  }

  /**
   * Writes {@code instruction} on lines of its own below {@code statement}.
   *
   * @throws IllegalArgumentException if the statement is not of this file, or if no text says the
   *     instruction
   */
  public DockerfileEditor insertAfter(Statement statement, Instruction instruction) {
    int at = requireOwn(statement).range().endOffset();
    String text = writer.lineEnd() + writer.write(instruction);
    if (statement.hasOpenEnd()) {
      return replace(statement, statement.instruction()).with(at, at, text);
    }
    return with(at, at, text);
  }

  private Statement requireOwn(Statement statement) {
    if (!statement.isOf(file.sourceText())) {
      throw new IllegalArgumentException("statement of another file: " + statement);
    }
    return statement;
  }

  private int lineStart(int offset) {
    int start = file.source().lastIndexOf('\n', offset - 1) + 1;
    return start == 0 && file.source().startsWith("\uFEFF") ? 1 : start;
  }

  private int nextLine(int offset) {
    int newline = file.source().indexOf('\n', offset);
    return newline < 0 ? file.source().length() : newline + 1;
  }

  /** Where the lines of comment above begin that no empty line and no directive ends. */
  private int commentStart(Statement statement) {
    String text = file.source();
    int floor = floor(statement);
    int start = lineStart(statement.range().startOffset());
    while (start > floor) {
      int above = lineStart(start - 1);
      int content = Whitespace.skipSpace(text, above, start);
      if (above < floor || content == start || text.charAt(content) != '#') {
        break;
      }
      start = above;
    }
    return start;
  }

  /** Where directives end and comments are only comments. */
  private int headEnd() {
    int end = lineStart(0);
    for (Directive directive : file.directives()) {
      end = Math.max(end, nextLine(directive.range().endOffset()));
    }
    return end;
  }

  /** Where the statement or directive before ends. */
  private int floor(Statement statement) {
    int floor = headEnd();
    for (Statement other : file.statements()) {
      if (other.range().startOffset() >= statement.range().startOffset()) {
        break;
      }
      floor = nextLine(other.range().endOffset());
    }
    return floor;
  }

  /** Returns the text with all edits made. */
  public String text() {
    List<Change> sorted = new ArrayList<>(changes);
    sorted.sort(Comparator.comparingInt(Change::from).thenComparingInt(Change::to));
    String old = file.source();
    StringBuilder text = new StringBuilder(old.length());
    int at = 0;
    for (Change change : sorted) {
      text.append(old, at, change.from()).append(change.text());
      at = change.to();
    }
    text.append(old, at, old.length());
    int head = headEnd();
    if (!changes.isEmpty() && isOtherComment(text, head)) {
      text.insert(head, writer.lineEnd()); // or what was a comment might become a directive
    }
    return text.toString();
  }

  private boolean isOtherComment(StringBuilder text, int head) {
    String old = file.source();
    int content = Whitespace.skipSpace(text.substring(head), 0, text.length() - head) + head;
    if (content == text.length() || text.charAt(content) != '#') {
      return false;
    }
    int newline = text.indexOf("\n", head);
    int end = newline < 0 ? text.length() : newline;
    return content < end && !old.startsWith(text.substring(head, end), head);
  }

  /** Returns the bytes of the text: those that were read, where nothing was changed. */
  public byte[] bytes() {
    return Utf8.encode(text());
  }

  /**
   * Returns the file with all edits made.
   *
   * @throws DockerfileSyntaxException if it is no Dockerfile any more, for example without its FROM
   */
  public Dockerfile dockerfile() throws DockerfileSyntaxException {
    return Dockerfile.parse(text(), file.options());
  }
}
