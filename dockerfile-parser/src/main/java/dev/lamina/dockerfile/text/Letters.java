// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

import java.util.Comparator;

/** Letters as Go has them, their case and their order: one at a time, in no language. */
public final class Letters {

  /** The order of UTF-8 bytes, which is not that of UTF-16 units. */
  public static final Comparator<String> BY_CODE_POINT = Letters::compare;

  private Letters() {}

  public static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'A' && c <= 'Z')) {
        return map(text, true);
      }
    }
    return text;
  }

  public static String upper(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c >= 'a' && c <= 'z')) {
        return map(text, false);
      }
    }
    return text;
  }

  /** Returns whether a text has nothing but letters and digits of ASCII and some marks. */
  public static boolean isAsciiWord(String text, String marks) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && marks.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String map(String text, boolean lower) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      out.appendCodePoint(lower ? Character.toLowerCase(c) : Character.toUpperCase(c));
    }
    return out.toString();
  }

  private static int compare(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    for (int i = 0; i < shorter; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates
            ? Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y))
            : x - y;
      }
    }
    return a.length() - b.length();
  }
}
