// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.GoQuote;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads durations as Go writes them: {@code 1h30m}, {@code 1.5s}, {@code -2us}; whole nanoseconds,
 * 64 bits.
 */
final class GoDuration {

  /** 2 to the power of 63, as a number without sign. */
  private static final long LIMIT = Long.MIN_VALUE;

  private final String text;
  private int pos;

  private GoDuration(String text) {
    this.text = text;
  }

  static Duration parse(String text) throws ParseProblem {
    return new GoDuration(text).parse();
  }

  /** Returns the text for a time such as {@code 1m30s}; none for zero. */
  static Optional<String> write(Duration time) {
    if (time.isZero()) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder();
    append(out, time.toHours(), "h");
    append(out, time.toMinutesPart(), "m");
    append(out, time.toSecondsPart(), "s");
    append(out, time.toMillisPart(), "ms");
    append(out, time.toNanosPart() / 1_000 % 1_000, "us");
    append(out, time.toNanosPart() % 1_000, "ns");
    return Optional.of(out.toString());
  }

  private static void append(StringBuilder out, long number, String unit) {
    if (number != 0) {
      out.append(number).append(unit);
    }
  }

  private Duration parse() throws ParseProblem {
    boolean negative = text.startsWith("-");
    if (negative || text.startsWith("+")) {
      pos++;
    }
    if (text.substring(pos).equals("0")) {
      return Duration.ZERO;
    }
    if (pos == text.length()) {
      throw invalid();
    }
    long total = 0;
    while (pos < text.length()) {
      total = requireInLimit(total + part());
    }
    if (total == LIMIT && !negative) {
      throw invalid();
    }
    return Duration.ofNanos(negative ? -total : total);
  }

  /** Reads a number and its unit; returns nanoseconds, at most 2 to the power of 63. */
  private long part() throws ParseProblem {
    int start = pos;
    long whole = whole();
    boolean digits = pos > start;
    long fraction = 0;
    double scale = 1;
    if (pos < text.length() && text.charAt(pos) == '.') {
      int point = pos++;
      for (; isDigit(); pos++) {
        if (fraction <= (Long.MAX_VALUE - 9) / 10) { // further digits are below a nanosecond
          fraction = fraction * 10 + (text.charAt(pos) - '0');
          scale *= 10;
        }
      }
      digits |= pos > point + 1;
    }
    if (!digits) {
      throw invalid();
    }
    long unit = unit();
    if (Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, unit)) > 0) {
      throw invalid();
    }
    return requireInLimit(whole * unit + (long) (fraction * (unit / scale)));
  }

  private long whole() throws ParseProblem {
    long number = 0;
    for (; isDigit(); pos++) {
      if (Long.compareUnsigned(number, Long.divideUnsigned(LIMIT, 10)) > 0) {
        throw invalid();
      }
      number = requireInLimit(number * 10 + (text.charAt(pos) - '0'));
    }
    return number;
  }

  private boolean isDigit() {
    return pos < text.length() && text.charAt(pos) >= '0' && text.charAt(pos) <= '9';
  }

  private long requireInLimit(long number) throws ParseProblem {
    if (Long.compareUnsigned(number, LIMIT) > 0) {
      throw invalid();
    }
    return number;
  }

  private long unit() throws ParseProblem {
    int from = pos;
    while (pos < text.length() && text.charAt(pos) != '.' && !isDigit()) {
      pos++;
    }
    String unit = text.substring(from, pos);
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "\u00b5s", "\u03bcs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      case "" -> throw problem("missing unit in duration ");
      default -> throw problem("unknown unit " + GoQuote.quote(unit) + " in duration ");
    };
  }

  private ParseProblem invalid() {
    return problem("invalid duration ");
  }

  private ParseProblem problem(String what) {
    return new ParseProblem("time: " + what + GoQuote.quote(text), text);
  }
}
