// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Takes the bodies of heredocs from the lines after an instruction. */
final class HeredocReader {

  private final String text;
  private final PhysicalLines lines;

  HeredocReader(String text, PhysicalLines lines) {
    this.text = text;
    this.lines = lines;
  }

  /**
   * Returns the documents that {@code line} announces, whose bodies follow in the text in the same
   * order.
   */
  List<Heredoc> read(String line) throws ParseProblem {
    List<Heredoc> heredocs = new ArrayList<>();
    for (HeredocWord word : HeredocWord.inLine(line)) {
      heredocs.add(word.withContent(body(word)));
    }
    return heredocs;
  }

  private String body(HeredocWord word) throws ParseProblem {
    int from = lines.nextStart();
    while (lines.next()) {
      int start = lines.start();
      while (word.chomp() && start < lines.end() && text.charAt(start) == '\t') {
        start++;
      }
      int length = word.name().length();
      if (lines.end() - start == length && text.startsWith(word.name(), start)) {
        return text.substring(from, lines.start());
      }
    }
    throw new ParseProblem("unterminated heredoc");
  }
}
