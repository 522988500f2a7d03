// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;

/** File names as bytes: how they are compared and joined. */
final class Names {
  static final byte[][] NONE = {};

  private Names() {}

  /** Index of {@code name} in the sorted {@code names}, or {@code -(insertion point) - 1}. */
  static int search(byte[][] names, byte[] name) {
    int low = 0;
    int high = names.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(names[middle], name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /** The names with slashes between them, and one before if {@code absolute}. */
  static String join(byte[][] names, boolean absolute) {
    int length = absolute ? 1 : 0;
    for (byte[] name : names) {
      length += name.length + 1;
    }
    byte[] path = new byte[length];
    int n = 0;
    if (absolute) {
      path[n++] = '/';
    }
    for (int i = 0; i < names.length; i++) {
      if (i > 0) {
        path[n++] = '/';
      }
      System.arraycopy(names[i], 0, path, n, names[i].length);
      n += names[i].length;
    }
    return FileNames.decode(path, 0, n);
  }
}
