// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Letters;
import java.util.List;
import java.util.Optional;

/** The name that {@code FROM image AS name} gives its stage. */
final class StageName {

  private StageName() {}

  /** Returns the name that the arguments of a FROM give, in lower case. */
  static Optional<String> of(List<String> words) throws ParseProblem {
    if (words.size() == 3 && words.get(1).equalsIgnoreCase("as")) {
      String name = Letters.lower(words.get(2));
      if (!isValid(name)) {
        throw new ParseProblem(
            "invalid name for build stage: "
                + GoQuote.quote(words.get(2))
                + ", name can't start with a number or contain symbols",
            words.get(2));
      }
      return Optional.of(name);
    }
    if (words.size() != 1) {
      throw new ParseProblem("FROM requires either one or three arguments");
    }
    return Optional.empty();
  }

  private static boolean isValid(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      boolean other = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      if (!letter && (i == 0 || !other)) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
