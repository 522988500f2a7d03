// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Utf8;
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
    if (!mayHaveFlags(text, next)) {
      return new KeywordLine(keyword, List.of(), Whitespace.trim(text.substring(next)));
    }
    FlagWords words = FlagWords.read(text.substring(next), escape);
    return new KeywordLine(keyword, words.flags(), Whitespace.trim(words.rest()));
  }

  private static boolean mayHaveFlags(String text, int from) {
    int i = from;
    while (i < text.length()
        && (Whitespace.isSpace(text.charAt(i)) || Utf8.isEscapedByte(text.charAt(i)))) {
      i++;
    }
    return text.startsWith("--", i);
  }
}
