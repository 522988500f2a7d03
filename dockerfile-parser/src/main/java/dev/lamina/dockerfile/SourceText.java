// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

/**
 * The text of a Dockerfile with its name and its escape character: what positions refer to.
 *
 * @param fileName the name that errors show
 * @param text the whole text, as read
 * @param escape the escape character, {@code \} or a backtick
 */
record SourceText(String fileName, String text, char escape) {

  private static final int LONGEST = 100;
  private static final int WIDEST = 1_000;
  private static final String RULE = "--------------------\n";

  /** Returns the part of the text that {@code range} covers. */
  String slice(SourceRange range) {
    return text.substring(range.startOffset(), range.endOffset());
  }

  /** Returns where line {@code number} stands, which is not before {@code from}'s first. */
  SourceRange rangeOfLine(int number, SourceRange from) {
    int start = from.startOffset();
    for (int line = from.startLine(); line < number; line++) {
      start = text.indexOf('\n', start) + 1;
    }
    int newline = text.indexOf('\n', start);
    int end = newline < 0 ? text.length() : newline;
    return new SourceRange(number, 1, number, end - start + 1, start, end);
  }

  /** Returns the error that says {@code problem} about {@code range}. */
  DockerfileSyntaxException error(String problem, SourceRange range) {
    return new DockerfileSyntaxException(problem, this, range);
  }

  /**
   * Returns the error for {@code problem}, at the word in question if it is in the first line of
   * {@code range}.
   */
  DockerfileSyntaxException error(ParseProblem problem, SourceRange range) {
    String word = problem.wordOrNull();
    int at = word == null || word.isEmpty() ? -1 : text.indexOf(word, range.startOffset());
    int lineEnd = text.indexOf('\n', range.startOffset());
    if (at < 0 || at >= range.endOffset() || (lineEnd >= 0 && at > lineEnd)) {
      return error(problem.problem(), range);
    }
    int column = range.startColumn() + at - range.startOffset();
    SourceRange from =
        new SourceRange(
            range.startLine(), column, range.endLine(), range.endColumn(), at, range.endOffset());
    return error(problem.problem(), from);
  }

  /**
   * Returns the lines around {@code startLine…endLine} as {@code docker build} prints them under an
   * error.
   */
  String snippet(SourceRange range) {
    int last = Math.min(range.endLine(), range.startLine() + LONGEST);
    int from = range.startLine();
    int fromOffset = text.lastIndexOf('\n', range.startOffset() - 1) + 1;
    int to = last;
    int toOffset = lineEnds(fromOffset, last - from);
    int padding = from == to ? 4 : 2;
    for (int padded = 0; padded < padding; padded++) {
      if (from > 1) {
        from--;
        fromOffset = text.lastIndexOf('\n', fromOffset - 2) + 1;
        padded++;
      }
      if (toOffset < text.length()) {
        to++;
        toOffset = lineEnds(toOffset + 1, 0);
        padded++;
      }
    }
    StringBuilder out = new StringBuilder();
    out.append(fileName).append(':').append(range.startLine()).append('\n').append(RULE);
    int start = fromOffset;
    for (int line = from; line <= to && start <= text.length(); line++) {
      int end = lineEnds(start, 0);
      String mark = range.containsLine(line) ? ">>>" : "   ";
      String number = Integer.toString(line);
      out.append(" ".repeat(Math.max(1, 4 - number.length()))).append(number).append(" | ");
      out.append(mark).append(' ').append(text, start, Math.min(end, start + WIDEST)).append('\n');
      start = end + 1;
    }
    return out.append(RULE).toString();
  }

  /** Returns the end of the line that is {@code further} lines after the one at {@code offset}. */
  private int lineEnds(int offset, int further) {
    int end = offset - 1;
    for (int i = 0; i <= further && end < text.length(); i++) {
      int newline = text.indexOf('\n', end + 1);
      end = newline < 0 ? text.length() : newline;
    }
    return end;
  }
}
