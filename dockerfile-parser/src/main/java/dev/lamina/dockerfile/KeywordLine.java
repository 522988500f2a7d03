// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Whitespace;
import java.util.List;

/**
 * An instruction's text taken apart as far as all instructions are alike.
 *
 * @param keyword the first word as written
 * @param flags the words that begin with {@code --} before the arguments, quotes and escapes taken
 *     off
 * @param rest the arguments, trimmed
 */
record KeywordLine(String keyword, List<String> flags, String rest) {

  static KeywordLine split(String line, char escape) {
    String text = Whitespace.trim(line);
    int keywordEnd = Whitespace.nextBlank(text, 0);
    String keyword = text.substring(0, keywordEnd);
    int next = Whitespace.skipBlank(text, keywordEnd);
    int first = skipSpaceBytes(text, next);
    if (!text.startsWith("--", first)) {
      return new KeywordLine(keyword, List.of(), Whitespace.trim(text.substring(first)));
    }
    FlagWords words = FlagWords.read(text.substring(next), escape);
    return new KeywordLine(keyword, words.flags(), Whitespace.trim(words.rest()));
  }

  /** Skips white space as {@link FlagWords} sees it, byte by byte: invalid bytes may be some. */
  private static int skipSpaceBytes(String text, int from) {
    int i = from;
    while (i < text.length() && isSpaceByte(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Whether a byte is white space; beyond ASCII only where it is an invalid one. */
  static boolean isSpaceByte(char c) {
    return c < 0x80 ? Whitespace.isSpace(c) : c == 0xDC85 || c == 0xDCA0;
  }
}
