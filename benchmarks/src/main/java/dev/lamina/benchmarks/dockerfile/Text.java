// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

/** Text for JSON. */
final class Text {

  private Text() {}

  /** Returns {@code text} with the replacement character for each invalid byte, as Go prints it. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
