// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;

/** File names as bytes: how they are compared and joined. */
final class Names {
  static final byte[][] NONE = {};

  static final byte[] DOT = {'.'};

  private Names() {}

  /** Whether {@code name} is {@code .} or {@code ..}. */
  static boolean isDots(byte[] name) {
    return name.length > 0
        && name[0] == '.'
        && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }

  /** Whether an entry can be called that: no dots, no slash, no NUL, not empty. */
  static boolean isName(byte[] name) {
    for (byte b : name) {
      if (b == '/' || b == 0) {
        return false;
      }
    }
    return name.length > 0 && !isDots(name);
  }

  static byte[][] append(byte[][] names, byte[] name) {
    byte[][] longer = Arrays.copyOf(names, names.length + 1);
    longer[names.length] = name;
    return longer;
  }

  static boolean same(byte[][] a, byte[][] b) {
    return a.length == b.length && startsWith(a, b);
  }

  static boolean startsWith(byte[][] names, byte[][] prefix) {
    int n = prefix.length;
    return n <= names.length && Arrays.equals(names, 0, n, prefix, 0, n, Arrays::compareUnsigned);
  }

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
