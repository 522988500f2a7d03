// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.micro;

import java.util.Locale;

/** Writes amounts with units that fit them. */
final class Amounts {
  private Amounts() {}

  /** Returns a time. */
  static String time(double nanos) {
    if (nanos < 1e3) {
      return String.format(Locale.ROOT, "%.0f ns", nanos);
    }
    return nanos < 1e6
        ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  /** Returns how many bytes. */
  static String bytes(double bytes) {
    if (bytes < 1 << 10) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.1f KB", bytes / (1 << 10))
        : String.format(Locale.ROOT, "%.1f MB", bytes / (1 << 20));
  }
}
