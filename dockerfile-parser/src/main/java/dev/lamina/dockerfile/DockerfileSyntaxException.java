// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.io.IOException;

/**
 * A Dockerfile breaks a rule: says which, and where.
 *
 * <p>The message reads {@code Dockerfile:3:1: unknown instruction: COPPY (did you mean COPY?)}; the
 * problem's words are those of BuildKit wherever BuildKit has words for it. Immutable.
 */
public final class DockerfileSyntaxException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String fileName;
  private final transient SourceRange range;
  private final String snippet;

  DockerfileSyntaxException(String problem, SourceText file, SourceRange range) {
    super(file.fileName() + ":" + range.startLine() + ":" + range.startColumn() + ": " + problem);
    this.problem = problem;
    this.fileName = file.fileName();
    this.range = range;
    this.snippet = file.snippet(range);
  }

  /**
   * Returns the error for a whole line.
   *
   * @param problem what is wrong
   * @param fileName the file's name
   * @param text the file's text
   * @param line the line, from 1
   */
  public static DockerfileSyntaxException atLine(
      String problem, String fileName, String text, int line) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      start = text.indexOf('\n', start) + 1;
    }
    int newline = text.indexOf('\n', start);
    int end = newline < 0 ? text.length() : newline;
    SourceRange range = new SourceRange(line, 1, line, end - start + 1, start, end);
    return new DockerfileSyntaxException(problem, new SourceText(fileName, text, '\\'), range);
  }

  /** Returns what is wrong, without the position. */
  public String problem() {
    return problem;
  }

  /** Returns the name of the Dockerfile, as it was given to the parser. */
  public String fileName() {
    return fileName;
  }

  /** Returns the first line of the instruction that is wrong, from 1. */
  public int line() {
    return range.startLine();
  }

  /** Returns the column in that line where the problem is, from 1, in UTF-16 units. */
  public int column() {
    return range.startColumn();
  }

  /** Returns the lines that the wrong instruction takes; the start is where the problem is. */
  public SourceRange range() {
    return range;
  }

  /**
   * Returns the lines in question with some around them, marked as {@code docker build} does:
   *
   * <pre>
   * Dockerfile:2
   * --------------------
   *    1 |     FROM scratch
   *    2 | &gt;&gt;&gt; COPPY a b
   *    3 |     USER me
   * --------------------
   * </pre>
   */
  public String snippet() {
    return snippet;
  }
}
