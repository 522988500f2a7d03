// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.InvalidImageException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Paths within an archive: slashes between names, nothing that leads out. */
final class ArchivePaths {
  private ArchivePaths() {}

  /**
   * Returns {@code path} without empty names, {@code .} and {@code ..}; a slash at the beginning
   * means nothing.
   *
   * @throws InvalidImageException if it leads out of the archive
   */
  static String normalize(String path, String where) throws InvalidImageException {
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (names.pollLast() == null) {
          throw new InvalidImageException(
              where + ": expected paths within the archive, found \"" + path + '"');
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  /** Returns where a link at {@code path} to {@code target} points. */
  static String resolve(String path, String target, String where) throws InvalidImageException {
    int slash = path.lastIndexOf('/');
    String parent = slash < 0 || target.startsWith("/") ? "" : path.substring(0, slash + 1);
    return normalize(parent + target, where);
  }
}
