// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Names of host files with every byte of them, whatever charset the JVM was started with: under
 * {@code LC_ALL=C} a {@link Path} prints some bytes as question marks, but its URI still has them.
 *
 * <p>A path of another file system than the default one is taken by its text, which for an {@link
 * OverlayFileSystem} is exact.
 */
public final class HostNames {
  private HostNames() {}

  /** Returns the last name of a path, as {@link FileNames} writes names; "" for a root. */
  public static String name(Path path) {
    Path last = path.getFileName();
    return last == null ? "" : text(path, last);
  }

  /**
   * Returns a whole path as {@link FileNames} writes names: absolute or relative as it is, such as
   * a link's target.
   */
  public static String text(Path path) {
    return text(path, path);
  }

  /** The end of {@code path} that {@code end} is. */
  private static String text(Path path, Path end) {
    String text = end.toString();
    if (isExact(text) || path.getFileSystem() != FileSystems.getDefault()) {
      return text;
    }
    // toUri makes a relative path absolute, so begin at a root of known length.
    byte[] bytes = bytes(path.isAbsolute() ? path : Path.of("/").resolve(path));
    int start = end.isAbsolute() ? 0 : 1;
    for (int i = bytes.length - 1, names = end.getNameCount(); i >= 0 && !end.isAbsolute(); i--) {
      if (bytes[i] == '/' && --names == 0) {
        start = i + 1;
        break;
      }
    }
    return FileNames.decode(bytes, start, bytes.length - start);
  }

  private static boolean isExact(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == '?') { // a question mark may stand for a byte the charset lacks
        return false;
      }
    }
    return true;
  }

  /** The bytes of an absolute path. */
  private static byte[] bytes(Path path) {
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
