// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.text.CleanPath;
import dev.lamina.dockerfile.text.Utf8;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of an ignore file. */
final class IgnoreFile {

  private static final int MAX_LINE_BYTES = 65_535;
  private static final int MAX_STEPS = 1_000_000;

  /** What a pattern and a step of it take in the heap, from above. */
  private static final int PATTERN_BYTES = 400;

  private static final int STEP_BYTES = 60;

  private final String text;
  private final String fileName;

  IgnoreFile(String text, String fileName) {
    this.text = text;
    this.fileName = fileName;
  }

  List<IgnorePattern> patterns() throws DockerfileSyntaxException {
    List<IgnorePattern> patterns = new ArrayList<>();
    int line = 0;
    int steps = 0;
    long left = Runtime.getRuntime().maxMemory() / 3;
    for (int start = text.startsWith("\uFEFF") ? 1 : 0; start < text.length(); ) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      line++;
      if (Utf8.length(text, start, end) > MAX_LINE_BYTES) {
        throw error("bufio.Scanner: token too long", line);
      }
      try {
        String written = pattern(text.substring(start, end));
        for (IgnorePattern pattern : IgnorePattern.compileAll(List.of(written))) {
          patterns.add(pattern);
          steps += pattern.size();
          left -= PATTERN_BYTES + (long) STEP_BYTES * pattern.size();
        }
      } catch (PatternException e) {
        throw error(e.problem(), line);
      }
      if (steps > MAX_STEPS || left < 0) {
        throw error("the patterns are too large", line);
      }
      start = end + 1;
    }
    return patterns;
  }

  private DockerfileSyntaxException error(String problem, int line) {
    return DockerfileSyntaxException.atLine(problem, fileName, text, line);
  }

  /** Returns the pattern in a line, or empty text for a blank line or a comment. */
  private static String pattern(String line) {
    if (line.startsWith("#")) {
      return "";
    }
    String pattern = Whitespace.trim(line);
    boolean exclusion = pattern.startsWith("!");
    String path = exclusion ? Whitespace.trim(pattern.substring(1)) : pattern;
    if (!path.isEmpty()) {
      path = CleanPath.of(path);
      path = path.length() > 1 && path.startsWith("/") ? path.substring(1) : path;
    }
    return exclusion ? "!" + path : path;
  }
}
