// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Values as Go's {@code fmt} prints them: image histories are full of its text. */
final class GoText {
  private GoText() {}

  /** Returns the texts as {@code %q} prints a slice, {@code ["a" "b"]}. */
  static String quoted(List<String> texts) {
    return texts.stream().map(GoText::quoted).collect(Collectors.joining(" ", "[", "]"));
  }

  /** Returns the texts as {@code %v} prints a slice, {@code [a b]}. */
  static String plain(List<String> texts) {
    return "[" + String.join(" ", texts) + "]";
  }

  /** Returns the text as {@code %q} prints a string. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(c -> escape(c, '"', out));
    return out.append('"').toString();
  }

  /** Returns the number as {@code %q} prints an integer: as the character of that number. */
  static String quotedCharacter(int number) {
    boolean valid = Character.isValidCodePoint(number) && !isSurrogate(number);
    StringBuilder out = new StringBuilder("'");
    escape(valid ? number : 0xFFFD, '\'', out);
    return out.append('\'').toString();
  }

  /** Returns the duration as {@code Duration.String} does, {@code 1h0m0s}. */
  static String duration(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    if (nanos < 1_000_000) {
      return decimal(nanos, 1_000) + "µs";
    }
    if (nanos < 1_000_000_000) {
      return decimal(nanos, 1_000_000) + "ms";
    }
    long minutes = nanos / 60_000_000_000L;
    String seconds = decimal(nanos % 60_000_000_000L, 1_000_000_000) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + seconds;
  }

  private static String decimal(long value, long unit) {
    long fraction = value % unit;
    if (fraction == 0) {
      return Long.toString(value / unit);
    }
    String digits = Long.toString(unit + fraction).substring(1);
    return value / unit + "." + digits.replaceAll("0+$", "");
  }

  private static void escape(int c, char quote, StringBuilder out) {
    switch (c) {
      case 7 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 11 -> out.append("\\v");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else if (isSurrogate(c)) {
          out.append(String.format("\\x%02x", c & 0xFF)); // a byte that is no UTF-8, see FileNames
        } else if (c < ' ' || c == 0x7F) {
          out.append(String.format("\\x%02x", c));
        } else if (c < 0x10000) {
          out.append(String.format("\\u%04x", c));
        } else {
          out.append(String.format("\\U%08x", c));
        }
      }
    }
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
