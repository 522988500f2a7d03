// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileNames;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of host files as bytes, whatever charset the JVM was started with: under {@code LC_ALL=C} a
 * Path prints its bytes as question marks, but its URI still has them.
 */
final class HostNames {
  private HostNames() {}

  /** Returns the last name of a path, as {@link FileNames} writes names. */
  static String name(Path path) {
    String name = String.valueOf(path.getFileName());
    return isAscii(name) ? name : FileNames.decode(lastBytes(path));
  }

  /**
   * Returns a relative path of one or more names as {@link FileNames} writes names: a link's
   * target.
   */
  static String text(Path path) {
    String text = path.toString();
    if (isAscii(text)) {
      return text;
    }
    // toUri makes a relative path absolute, so begin at a root of known length.
    Path absolute = path.isAbsolute() ? path : path.getFileSystem().getPath("/").resolve(path);
    byte[] bytes = rawBytes(absolute);
    return path.isAbsolute()
        ? FileNames.decode(bytes)
        : FileNames.decode(bytes, 1, bytes.length - 1);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == '?') { // a question mark may stand for a byte the charset lacks
        return false;
      }
    }
    return true;
  }

  private static byte[] lastBytes(Path path) {
    byte[] all = rawBytes(path.toAbsolutePath());
    int start = all.length;
    while (start > 0 && all[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(all, start, all.length);
  }

  /** Returns the bytes of an absolute path. */
  private static byte[] rawBytes(Path path) {
    String raw = path.toUri().getRawPath();
    byte[] bytes = new byte[raw.length()];
    int n = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes[n++] = (byte) Integer.parseInt(raw, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[n++] = (byte) c;
      }
    }
    while (n > 1 && bytes[n - 1] == '/') {
      n--; // toUri adds a slash to a directory
    }
    return Arrays.copyOf(bytes, n);
  }
}
