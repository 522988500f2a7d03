// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

import java.util.Collection;

/**
 * Finds what was probably meant: the nearest of some words, if it is less than three edits away.
 */
public final class Suggestion {

  private static final int LIMIT = 3;

  private Suggestion() {}

  /**
   * Returns {@code " (did you mean x?)"}, or empty text if nothing is near or {@code word} is an
   * option itself.
   */
  public static String of(String word, Collection<String> options) {
    if (word.length() > 64) {
      return "";
    }
    String best = "";
    int bestDistance = LIMIT;
    for (String option : options) {
      int distance = distance(word.codePoints().toArray(), option.codePoints().toArray());
      if (distance == 0) {
        return "";
      }
      if (distance < bestDistance) {
        best = option;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? "" : " (did you mean " + best + "?)";
  }

  /**
   * As {@link #of}, whatever the letter case; the suggestion is in the case of the word, if that
   * has one.
   */
  public static String ignoringCase(String word, Collection<String> options) {
    String lower = Letters.lower(word);
    boolean isUpper = !word.equals(lower) && word.equals(Letters.upper(word));
    String suggestion = of(lower, options.stream().map(Letters::lower).toList());
    if (!isUpper || suggestion.isEmpty()) {
      return suggestion;
    }
    int from = " (did you mean ".length();
    return suggestion.substring(0, from) + Letters.upper(suggestion.substring(from));
  }

  /** Levenshtein's distance. */
  private static int distance(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length];
  }
}
