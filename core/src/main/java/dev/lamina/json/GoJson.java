// SPDX-License-Identifier: Apache-2.0
package dev.lamina.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;

/**
 * Writes JSON with the bytes Go's {@code json.Marshal} gives: no blanks, and {@code <}, {@code >},
 * {@code &} and the two Unicode line separators escaped. Docker, BuildKit and containerd write
 * theirs so; an image made here has the ID it would have had there.
 */
public final class GoJson {
  /** Orders names as Go orders the keys of a map: by their UTF-8 bytes. */
  public static final Comparator<String> KEY_ORDER = GoJson::compare;

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private GoJson() {}

  /** Code points have that order, and chars but for surrogates, which stand for the highest. */
  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char first = a.charAt(i);
      char second = b.charAt(i);
      if (first != second) {
        boolean high = Character.isSurrogate(first);
        return high == Character.isSurrogate(second) ? first - second : high ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }

  /** Returns the bytes of {@code element}; objects keep the order of their members. */
  public static byte[] write(JsonElement element) {
    return text(element).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns what {@link #write} gives the bytes of. An element's own text loads all of gson. */
  public static String text(JsonElement element) {
    StringBuilder out = new StringBuilder();
    append(element, out);
    return out.toString();
  }

  /** Returns {@code object} with its members in the order of {@link #KEY_ORDER}, not deeper. */
  public static JsonObject sorted(JsonObject object) {
    JsonObject sorted = new JsonObject();
    object.keySet().stream().sorted(KEY_ORDER).forEach(key -> sorted.add(key, object.get(key)));
    return sorted;
  }

  /** Returns {@code map} as an object, its members in the order of {@link #KEY_ORDER}. */
  public static JsonObject object(Map<String, String> map) {
    JsonObject object = new JsonObject();
    map.keySet().stream().sorted(KEY_ORDER).forEach(key -> object.addProperty(key, map.get(key)));
    return object;
  }

  /**
   * Returns {@code time} as Go's RFC3339Nano in UTC: as many digits of the second's fraction as are
   * needed.
   *
   * @throws IllegalArgumentException if the year is not in 0…9999
   */
  public static String time(Instant time) {
    OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      throw new IllegalArgumentException("time " + time + ": expected a year in 0…9999");
    }
    StringBuilder out = new StringBuilder();
    appendDigits(utc.getYear(), 4, out);
    appendDigits(utc.getMonthValue(), 2, out.append('-'));
    appendDigits(utc.getDayOfMonth(), 2, out.append('-'));
    appendDigits(utc.getHour(), 2, out.append('T'));
    appendDigits(utc.getMinute(), 2, out.append(':'));
    appendDigits(utc.getSecond(), 2, out.append(':'));
    if (utc.getNano() != 0) {
      String digits = Integer.toString(1_000_000_000 + utc.getNano());
      int end = digits.length();
      while (digits.charAt(end - 1) == '0') {
        end--;
      }
      out.append('.').append(digits, 1, end);
    }
    return out.append('Z').toString();
  }

  private static void appendDigits(int number, int width, StringBuilder out) {
    String digits = Integer.toString(number);
    out.append("0".repeat(width - digits.length())).append(digits);
  }

  private static void append(JsonElement element, StringBuilder out) {
    if (element.isJsonObject()) {
      appendObject(element.getAsJsonObject(), out);
    } else if (element.isJsonArray()) {
      char separator = '[';
      for (JsonElement each : element.getAsJsonArray()) {
        out.append(separator);
        append(each, out);
        separator = ',';
      }
      out.append(separator == '[' ? "[]" : "]");
    } else if (element.isJsonNull()) {
      out.append("null");
    } else {
      appendPrimitive(element.getAsJsonPrimitive(), out);
    }
  }

  private static void appendObject(JsonObject object, StringBuilder out) {
    char separator = '{';
    for (Map.Entry<String, JsonElement> member : object.entrySet()) {
      out.append(separator);
      appendString(member.getKey(), out);
      out.append(':');
      append(member.getValue(), out);
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void appendPrimitive(JsonPrimitive primitive, StringBuilder out) {
    if (primitive.isString()) {
      appendString(primitive.getAsString(), out);
    } else {
      out.append(primitive.getAsString());
    }
  }

  private static void appendString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else if (Character.isSurrogate(c)) {
        out.append('\ufffd'); // a byte that was not UTF-8, as BuildKit writes it
      } else {
        appendChar(c, out);
      }
    }
    out.append('"');
  }

  private static void appendChar(char c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '<', '>', '&', '\u2028', '\u2029' -> appendEscaped(c, out);
      default -> {
        if (c < 0x20) {
          appendEscaped(c, out);
        } else {
          out.append(c);
        }
      }
    }
  }

  private static void appendEscaped(char c, StringBuilder out) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX[c >> shift & 0xF]);
    }
  }
}
