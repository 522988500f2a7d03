// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Utf8;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.List;

/**
 * Writes instructions as text that reads back as the same instructions.
 *
 * <pre>{@code
 * DockerfileWriter writer = DockerfileWriter.standard();
 * writer.write(Env.of("A", "1"));                          // ENV A=1
 * writer.write(List.of(From.of("scratch"), Env.of("A", "1")));   // a whole file
 * }</pre>
 *
 * <p>The law: {@code Instruction.parse(writer.write(x))} equals {@code x}. A value that no
 * Dockerfile can say before another instruction, such as a USER with a line break, is refused.
 * Lines that would be longer than Docker takes are continued on the next. Immutable and safe for
 * use by several threads.
 */
public final class DockerfileWriter {

  private static final DockerfileWriter STANDARD = new DockerfileWriter('\\', "\n");

  private final char escape;
  private final String lineEnd;

  private DockerfileWriter(char escape, String lineEnd) {
    this.escape = escape;
    this.lineEnd = lineEnd;
  }

  /** Returns the writer for {@code \} and line feeds. */
  public static DockerfileWriter standard() {
    return STANDARD;
  }

  /** Returns a writer in the manner of {@code file}: its escape character and its line ends. */
  public static DockerfileWriter like(Dockerfile file) {
    int newline = file.source().indexOf('\n');
    boolean windows = newline > 0 && file.source().charAt(newline - 1) == '\r';
    return new DockerfileWriter(file.escape(), windows ? "\r\n" : "\n");
  }

  /**
   * Returns this writer with another escape character.
   *
   * @param character {@code \} or a backtick
   */
  public DockerfileWriter withEscape(char character) {
    if (character != '\\' && character != '`') {
      throw new IllegalArgumentException("escape character: expected \\ or `, found " + character);
    }
    return new DockerfileWriter(character, lineEnd);
  }

  String lineEnd() {
    return lineEnd;
  }

  /**
   * Returns the text of an instruction: one line or, with documents, several; no line end at its
   * end.
   *
   * @throws IllegalArgumentException if no text says this
   */
  public String write(Instruction instruction) {
    ParserOptions options = optionsFor(instruction);
    String head = escape == '\\' ? "" : "# escape=" + escape + "\n";
    for (FlagText.Quoting quoting : FlagText.Quoting.values()) {
      for (InstructionText.Draft draft : instruction.accept(new InstructionText(escape, quoting))) {
        String text = text(draft);
        if (isRead(head + text, instruction, options)) {
          return text;
        }
      }
    }
    throw new IllegalArgumentException(
        "instruction that no Dockerfile can say: " + GoQuote.quote(instruction.toString()));
  }

  private static boolean isRead(String text, Instruction instruction, ParserOptions options) {
    try {
      return Instruction.parse(text, options).equals(instruction);
    } catch (DockerfileSyntaxException e) {
      return false;
    }
  }

  /**
   * Returns the text of a whole Dockerfile.
   *
   * @throws IllegalArgumentException if no text says one of the instructions
   */
  public String write(List<? extends Instruction> instructions) {
    StringBuilder out = new StringBuilder();
    if (escape != '\\') {
      out.append("# escape=").append(escape).append(lineEnd);
    }
    for (Instruction instruction : instructions) {
      out.append(write(instruction)).append(lineEnd);
    }
    return out.toString();
  }

  private static ParserOptions optionsFor(Instruction instruction) {
    ParserOptions options = ParserOptions.defaults();
    return instruction instanceof Custom custom
        ? options.withCustomKeyword(custom.keyword())
        : options;
  }

  private String text(InstructionText.Draft draft) {
    StringBuilder out = new StringBuilder(folded(draft.line()));
    for (Heredoc heredoc : draft.heredocs()) {
      out.append(lineEnd).append(heredoc.content()).append(heredoc.name());
    }
    return out.toString();
  }

  /** Keeps the last line from being continued, and all from being too long. */
  private String folded(String line) {
    int newline = line.indexOf('\n');
    String first = newline < 0 ? line : line.substring(0, newline);
    String rest = newline < 0 ? "" : line.substring(newline);
    if (LogicalLines.continuationAt(first, 0, first.length(), escape) >= 0) {
      first += '\f'; // white space that BuildKit trims, but not as part of a continuation
    }
    if (first.length() * 3L <= PhysicalLines.MAX_LINE_BYTES) {
      return first + rest;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (Utf8.length(first, from, first.length()) > PhysicalLines.MAX_LINE_BYTES) {
      int to = foldAt(first, from);
      out.append(first, from, to).append(escape).append(lineEnd);
      from = to;
    }
    return out.append(first, from, first.length()).append(rest).toString();
  }

  /** Returns where to break the line: as late as it may be, before an ordinary character. */
  private int foldAt(String line, int from) {
    int latest = from + PhysicalLines.MAX_LINE_BYTES / 3;
    for (int at = latest; at > from; at--) {
      char next = line.charAt(at);
      boolean ordinary =
          next != '#' && !Whitespace.isSpace(next) && !Character.isLowSurrogate(next);
      if (ordinary && line.charAt(at - 1) != escape) {
        return at;
      }
    }
    return latest;
  }
}
