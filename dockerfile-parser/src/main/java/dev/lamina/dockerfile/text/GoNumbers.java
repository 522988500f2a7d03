// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

import java.util.Optional;

/**
 * Numbers and truth values in the texts that Go's {@code strconv} and Docker's {@code go-units}
 * take.
 */
public final class GoNumbers {

  private GoNumbers() {}

  /** Reads a truth value: {@code 1 t T true TRUE True} and their opposites. */
  public static Optional<Boolean> truth(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
      case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Reads a number of 32 bits without a sign. */
  public static Optional<Long> unsigned32(String text, int radix) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
      number = number * radix + digit;
      if (digit < 0 || number > 0xFFFF_FFFFL) {
        return Optional.empty();
      }
    }
    return Optional.of(number);
  }

  /** Reads a size such as {@code 64m} or {@code 1.5 GiB}, in bytes; units are powers of 1024. */
  public static Optional<Long> size(String text) {
    int last = text.length() - 1;
    while (last >= 0 && "01234567890. ".indexOf(text.charAt(last)) < 0) {
      last--;
    }
    if (last < 0) {
      return Optional.empty();
    }
    String number =
        text.charAt(last) == ' ' ? text.substring(0, last) : text.substring(0, last + 1);
    Optional<Long> factor = factor(Letters.lower(text.substring(last + 1)));
    Optional<Double> value = GoFloat.parse(number).filter(parsed -> !(parsed < 0));
    if (factor.isEmpty() || value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(truncate(value.get() * factor.get()));
  }

  /** Converts as Go does on amd64: what does not fit is the smallest number. */
  private static long truncate(double value) {
    return value < 0x1p63 ? (long) value : Long.MIN_VALUE;
  }

  private static Optional<Long> factor(String unit) {
    if (unit.isEmpty() || unit.equals("b")) {
      return Optional.of(1L);
    }
    int power = "kmgtp".indexOf(unit.charAt(0)) + 1;
    String tail = unit.substring(1);
    boolean known = tail.isEmpty() || tail.equals("b") || tail.equals("ib");
    return power > 0 && known ? Optional.of(1L << (10 * power)) : Optional.empty();
  }
}
