// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

/** The first bytes by which formats are told apart. */
final class Magic {
  /** π in BCD: begins a block of bzip2. */
  private static final int[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};

  /** √π in BCD: ends a stream of bzip2; comes first in an empty one. */
  private static final int[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, 0x90};

  static boolean isGzip(byte[] head) {
    return startsWith(head, 0, 0x1f, 0x8b, 0x08);
  }

  /**
   * Tells whether a frame of zstd begins here, skippable ones included: zstd:chunked and pzstd may
   * begin with one.
   */
  static boolean isZstd(byte[] head) {
    if (startsWith(head, 0, 0x28, 0xb5, 0x2f, 0xfd)) {
      return true;
    }
    return head.length >= 4 && (head[0] & 0xf0) == 0x50 && startsWith(head, 1, 0x2a, 0x4d, 0x18);
  }

  /** Looks at more than "BZh", as a tar whose first name begins so is not bzip2. */
  static boolean isBzip2(byte[] head) {
    return startsWith(head, 0, 'B', 'Z', 'h')
        && head.length > 3
        && head[3] >= '1'
        && head[3] <= '9'
        && (startsWith(head, 4, BZIP2_BLOCK) || startsWith(head, 4, BZIP2_END));
  }

  static boolean isXz(byte[] head) {
    return startsWith(head, 0, 0xfd, '7', 'z', 'X', 'Z', 0);
  }

  private static boolean startsWith(byte[] head, int from, int... expected) {
    if (head.length < from + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((head[from + i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private Magic() {}
}
