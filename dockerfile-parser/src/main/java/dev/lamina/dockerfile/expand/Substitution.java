// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import java.util.Optional;

/** What the operators in <code>${name…}</code> do. */
final class Substitution {

  private Substitution() {}

  static LexerProblem unsupported(String operator) {
    return new LexerProblem("unsupported modifier (" + operator + ") in substitution");
  }

  /** Returns what the substitution that {@code frame} gathered becomes. */
  static String apply(Frame frame, Optional<String> value, ExpansionBudget budget)
      throws LexerProblem {
    String word = frame.text();
    String operator = frame.operator();
    boolean emptyCounts = operator.startsWith(":");
    boolean missing = value.isEmpty() || (emptyCounts && value.get().isEmpty());
    String found = value.orElse("");
    return switch (operator) {
      case "-", ":-" -> missing ? word : found;
      case "+", ":+" -> missing ? "" : word;
      case "?", ":?" -> {
        if (missing) {
          throw new LexerProblem(frame.name() + ": " + complaint(word, value.isPresent()));
        }
        yield found;
      }
      case "#", "%" -> {
        boolean longest = word.startsWith(operator);
        String pattern = longest ? word.substring(1) : word;
        yield operator.equals("#")
            ? ShellPattern.trimPrefix(pattern, found, longest)
            : ShellPattern.trimSuffix(pattern, found, longest);
      }
      case "/" -> ShellPattern.compile(frame.pattern()).replaceFirst(found, word);
      case "//" -> ShellPattern.compile(frame.pattern()).replaceAll(found, word, budget);
      default -> throw unsupported(operator);
    };
  }

  private static String complaint(String word, boolean set) {
    if (!word.isEmpty()) {
      return word;
    }
    return set ? "is not allowed to be empty" : "is not allowed to be unset";
  }
}
