// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the outermost level of a word at white space that is not quoted, while it is being
 * expanded.
 */
final class WordSplitter {

  private final List<String> words = new ArrayList<>();
  private final StringBuilder current = new StringBuilder();
  private boolean inWord;

  /** Adds a character that may end a word. */
  void add(int c) {
    if (!Whitespace.isSpace(c)) {
      addRaw(c);
    } else if (inWord && current.length() > 0) {
      words.add(current.toString());
      current.setLength(0);
      inWord = false;
    }
  }

  void addAll(String text) {
    text.codePoints().forEach(this::add);
  }

  /** Adds a character that belongs to a word whatever it is. */
  void addRaw(int c) {
    current.appendCodePoint(c);
    inWord = true;
  }

  void addRaw(String text) {
    current.append(text);
    inWord = true;
  }

  void forgetCurrent() {
    current.setLength(0);
  }

  List<String> finish() {
    if (current.length() > 0) {
      words.add(current.toString());
    }
    return words;
  }
}
