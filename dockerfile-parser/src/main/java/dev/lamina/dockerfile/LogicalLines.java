// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Utf8;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/**
 * Joins physical lines to instructions: reads directives, gathers comments, follows continuations.
 *
 * <p>A continuation is an escape character at the end of a line, blanks allowed after it, unless
 * another escape character stands right before it. Comments and empty lines within an instruction
 * are left out.
 */
final class LogicalLines {

  private final String text;
  private final PhysicalLines lines;
  private final Directives directives;
  private final MemoryBudget budget;
  private List<String> comments = new ArrayList<>();
  private char escape = '\\';

  LogicalLines(String text, PhysicalLines lines, Directives directives, MemoryBudget budget) {
    this.text = text;
    this.lines = lines;
    this.directives = directives;
    this.budget = budget;
  }

  /** Returns anew the instruction that stands at {@code range}, which is known to be good. */
  static LogicalLine at(SourceText file, SourceRange range) {
    String text = file.text();
    PhysicalLines lines = new PhysicalLines(text, range.startOffset(), range.startLine() - 1);
    LogicalLines logical = new LogicalLines(text, lines, new Directives(), new MemoryBudget());
    logical.escape = file.escape();
    if (!lines.next()) {
      throw new IllegalStateException("no instruction at line " + range.startLine());
    }
    return logical.instruction(range.startOffset());
  }

  /**
   * Returns the next instruction, or null at the end.
   *
   * @throws ParseProblem for a directive that is wrong; reading may go on
   */
  @Nullable
  LogicalLine nextOrNull() throws ParseProblem {
    while (lines.next()) {
      int from = Whitespace.skipSpace(text, lines.start(), lines.end());
      if (from < lines.end() && text.charAt(from) == '#') {
        comment(from);
        continue;
      }
      directives.close();
      if (from < lines.end()) {
        return instruction(from);
      }
    }
    return null;
  }

  private void comment(int from) throws ParseProblem {
    boolean directive =
        directives.isOpen()
            && directives.read(text, from, lines.end(), lines.number(), lines.start());
    if (directive) {
      escape = directives.escape();
      return;
    }
    String comment = Whitespace.trim(text.substring(lines.start() + 1, lines.end()));
    if (comment.isEmpty()) {
      comments.clear();
    } else {
      budget.spendWords(1);
      comments.add(comment);
    }
  }

  private LogicalLine instruction(int from) {
    int startLine = lines.number();
    int startColumn = from - lines.start() + 1;
    int cut = continuationAt(from, lines.end());
    List<String> above = takeComments();
    if (cut < 0) {
      String whole = text.substring(from, lines.end());
      return new LogicalLine(whole, startLine, startLine, from, startColumn, above, false, false);
    }
    StringBuilder joined = new StringBuilder();
    joined.append(text, from, cut);
    boolean emptyLine = false;
    boolean cutCharacter = false;
    while (cut >= 0 && lines.next()) {
      int content = Whitespace.skipSpace(text, lines.start(), lines.end());
      if (content == lines.end()) {
        emptyLine = true;
      } else if (text.charAt(content) != '#') {
        cut = continuationAt(lines.start(), lines.end());
        int end = cut < 0 ? lines.end() : cut;
        cutCharacter |= isCut(joined, lines.start(), end);
        joined.append(text, lines.start(), end);
      }
    }
    String line = joined.toString();
    return new LogicalLine(
        cutCharacter ? Utf8.decode(Utf8.encode(line)) : line,
        startLine,
        lines.number(),
        from,
        startColumn,
        above,
        cut >= 0,
        emptyLine);
  }

  /** Whether a character's bytes may stand on both sides of a join. */
  private boolean isCut(StringBuilder joined, int from, int to) {
    return from < to
        && joined.length() > 0
        && Utf8.isEscapedByte(text.charAt(from))
        && Utf8.isEscapedByte(joined.charAt(joined.length() - 1));
  }

  private List<String> takeComments() {
    if (comments.isEmpty()) {
      return List.of();
    }
    List<String> taken = List.copyOf(comments);
    comments = new ArrayList<>();
    return taken;
  }

  private int continuationAt(int from, int to) {
    return continuationAt(text, from, to, escape);
  }

  /**
   * Returns the index of the escape character that continues the line {@code [from, to)}, or -1.
   */
  static int continuationAt(String text, int from, int to, char escape) {
    int i = to - 1;
    while (i >= from && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
      i--;
    }
    if (i < from || text.charAt(i) != escape) {
      return -1;
    }
    return i > from && text.charAt(i - 1) == escape ? -1 : i;
  }
}
