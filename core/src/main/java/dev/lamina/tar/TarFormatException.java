// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.error.LaminaException;

/**
 * Thrown when a tar stream is damaged, truncated, over a limit, or means different things to
 * different readers.
 */
public final class TarFormatException extends LaminaException {
  private static final int SHOWN_NAME = 80;

  private final String entry;
  private final long offset;

  /**
   * Makes an exception about one entry.
   *
   * @param entry the entry's name as far as it is known, or an empty string
   * @param offset where the entry's first header begins in the uncompressed stream
   * @param problem what is wrong with it
   */
  public TarFormatException(String entry, long offset, String problem) {
    super(where(entry, offset) + ": " + problem);
    this.entry = entry;
    this.offset = offset;
  }

  /** Returns the name of the entry as far as it is known, or an empty string. */
  public String entry() {
    return entry;
  }

  /** Returns where the entry's first header begins in the uncompressed stream. */
  public long offset() {
    return offset;
  }

  private static String where(String entry, long offset) {
    return entry.isEmpty() ? "entry at " + offset : "entry " + shown(entry) + " at " + offset;
  }

  /** Returns text from outside, made short and printable enough for a message. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), SHOWN_NAME); i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\ufffd' : c);
    }
    return text.length() > SHOWN_NAME ? shown.append("...").toString() : shown.toString();
  }
}
