// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

import java.util.Optional;
import java.util.regex.Pattern;

/** Reads floating-point numbers as Go's {@code strconv.ParseFloat} does. */
public final class GoFloat {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");
  private static final int LONGEST = 400;

  private GoFloat() {}

  /** Returns the number, or nothing if {@code text} is none or too large for a double. */
  public static Optional<Double> parse(String text) {
    if (text.length() > LONGEST || !DECIMAL.matcher(text).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? Optional.empty() : Optional.of(value);
  }
}
