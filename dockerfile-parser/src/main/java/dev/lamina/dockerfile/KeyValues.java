// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/** Reads the pairs of ENV and LABEL: {@code a=b c="d e"}, or in the legacy form {@code a b c}. */
final class KeyValues {

  private KeyValues() {}

  static List<KeyValue> read(String keyword, String rest, char escape) throws ParseProblem {
    List<String> words = QuotedWords.split(rest, escape);
    if (words.isEmpty()) {
      return List.of();
    }
    if (words.get(0).indexOf('=') < 0) {
      return List.of(legacy(keyword, rest));
    }
    List<KeyValue> pairs = new ArrayList<>(words.size());
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new ParseProblem(
            "Syntax error - can't find = in "
                + GoQuote.quote(word)
                + ". Must be of the form: name=value",
            word);
      }
      pairs.add(KeyValue.of(word.substring(0, equals), word.substring(equals + 1)));
    }
    return pairs;
  }

  private static KeyValue legacy(String keyword, String rest) throws ParseProblem {
    int keyEnd = Whitespace.nextBlank(rest, 0);
    if (keyEnd == rest.length()) {
      throw new ParseProblem(keyword + " must have two arguments", rest);
    }
    int value = Whitespace.skipBlank(rest, keyEnd);
    return new KeyValue(rest.substring(0, keyEnd), rest.substring(value), true);
  }
}
