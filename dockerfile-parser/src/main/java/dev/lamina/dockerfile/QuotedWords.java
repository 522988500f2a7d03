// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits text at white space that is neither quoted nor escaped; quotes and escapes stay in the
 * words.
 */
final class QuotedWords {

  private final String text;
  private final char escape;
  private int pos;

  private QuotedWords(String text, char escape) {
    this.text = text;
    this.escape = escape;
  }

  static List<String> split(String text, char escape) {
    return new QuotedWords(text, escape).split();
  }

  private List<String> split() {
    List<String> words = new ArrayList<>(4);
    while (true) {
      pos = Whitespace.skipSpace(text, pos, text.length());
      if (pos == text.length()) {
        return words;
      }
      int start = pos;
      int end = passWord();
      if (end > start) {
        words.add(text.substring(start, end));
      }
    }
  }

  /** Goes past a word and returns its end: an escape character that ends the text is dropped. */
  private int passWord() {
    char quote = 0;
    for (; pos < text.length(); pos++) {
      char c = text.charAt(pos);
      if (quote == 0 && Whitespace.isSpace(c)) {
        return pos;
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      }
      if (c == escape && quote != '\'') {
        pos++;
        if (pos == text.length()) {
          return pos - 1;
        }
      }
    }
    return pos;
  }
}
