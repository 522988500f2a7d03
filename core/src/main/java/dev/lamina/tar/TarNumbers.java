// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Numbers as headers and PAX records hold them: exact or refused, never a wrong value. */
final class TarNumbers {
  private TarNumbers() {}

  /**
   * Parses a header field: octal digits between blanks and NULs, nothing (zero), or base-256 as GNU
   * tar writes it when the first bit is set.
   */
  static long parseField(byte[] block, int from, int length, String field)
      throws BadFieldException {
    return (block[from] & 0x80) != 0
        ? parseBase256(block, from, length, field)
        : parseOctal(block, from, length, field);
  }

  private static long parseOctal(byte[] block, int from, int length, String field)
      throws BadFieldException {
    int i = from;
    int end = from + length;
    while (i < end && isPadding(block[i])) {
      i++;
    }
    long value = 0;
    int digits = i;
    while (i < end && block[i] >= '0' && block[i] <= '7') {
      value = (value << 3) | (block[i++] - '0');
    }
    boolean closed = i == end || block[i] == 0 || (i > digits && onlyPadding(block, i, end));
    if (!closed) {
      throw new BadFieldException(field, "an octal number", quoted(block, from, length));
    }
    return value;
  }

  private static boolean isPadding(byte b) {
    return b == ' ' || b == 0;
  }

  private static boolean onlyPadding(byte[] block, int from, int end) {
    for (int i = from; i < end; i++) {
      if (!isPadding(block[i])) {
        return false;
      }
    }
    return true;
  }

  private static long parseBase256(byte[] block, int from, int length, String field)
      throws BadFieldException {
    long value = (byte) (block[from] << 1) >> 1; // seven bits, the first of them the sign
    for (int i = from + 1; i < from + length; i++) {
      if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
        throw new BadFieldException(field, "a number of 64 bits", "a larger one");
      }
      value = (value << 8) | (block[i] & 0xff);
    }
    return value;
  }

  /** Parses the decimal digits of a PAX record. */
  static long parseDecimal(byte[] value, String field) throws BadFieldException {
    long number = 0;
    for (byte b : value) {
      int digit = b - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        throw new BadFieldException(
            field, "a number from 0 to " + Long.MAX_VALUE, quoted(value, 0, value.length));
      }
      number = number * 10 + digit;
    }
    if (value.length == 0) {
      throw new BadFieldException(field, "a number", "nothing");
    }
    return number;
  }

  /** Parses a PAX time: seconds with any number of decimals, of which nine are kept. */
  static Instant parseTime(byte[] value, String field) throws BadFieldException {
    int i = 0;
    boolean negative = value.length > 0 && value[0] == '-';
    if (negative) {
      i++;
    }
    int first = i;
    long seconds = 0;
    while (i < value.length && isDigit(value[i]) && seconds < Long.MAX_VALUE / 100) {
      seconds = seconds * 10 + (value[i++] - '0');
    }
    boolean valid = i > first && (i == value.length || value[i] == '.');
    long nanos = 0;
    int decimals = 0;
    for (i++; valid && i < value.length; i++) {
      valid = isDigit(value[i]);
      if (decimals < 9) {
        nanos = nanos * 10 + (value[i] - '0');
        decimals++;
      }
    }
    for (; decimals < 9; decimals++) {
      nanos *= 10;
    }
    if (!valid) {
      throw new BadFieldException(field, "a time in seconds", quoted(value, 0, value.length));
    }
    return time(negative ? -seconds : seconds, negative ? -nanos : nanos, field);
  }

  /** Makes a time of seconds and nanoseconds since 1970. */
  static Instant time(long seconds, long nanos, String field) throws BadFieldException {
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadFieldException(field, "a time of at most a billion years", seconds + " s");
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static String quoted(byte[] bytes, int from, int length) {
    return '"'
        + TarFormatException.shown(
            new String(bytes, from, Math.min(length, 200), StandardCharsets.ISO_8859_1))
        + '"';
  }

  /** Returns whether a value fits a header field of this many bytes in octal. */
  static boolean fitsOctal(long value, int length) {
    return value >= 0 && value >>> (3 * (length - 1)) == 0;
  }

  /**
   * Writes a value that {@link #fitsOctal fits} in octal, with leading zeros and a NUL at the end,
   * as Go does.
   */
  static void putOctal(byte[] block, int at, int length, long value) {
    long rest = value;
    for (int i = at + length - 2; i >= at; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>>= 3;
    }
    block[at + length - 1] = 0;
  }

  /** Writes a value in base-256, as GNU tar does. */
  static void putBase256(byte[] block, int at, int length, long value) {
    long rest = value;
    for (int i = at + length - 1; i >= at; i--) {
      block[i] = (byte) rest;
      rest >>= 8;
    }
    block[at] |= (byte) 0x80;
  }
}
