// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.TreePath;

/**
 * The names by which a layer's tar says that something is gone.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts">Whiteouts</a>
 */
final class Whiteout {
  static final String PREFIX = ".wh.";

  /** An empty file of this name in a directory hides all the directory has below. */
  static final String OPAQUE = ".wh..wh..opq";

  /**
   * Where AUFS kept files that have several names; layers made by Docker on AUFS still carry it.
   */
  static final TreePath AUFS_LINKS = TreePath.of("/.wh..wh.plnk");

  private static final String AUFS_PREFIX = ".wh..wh.";

  private Whiteout() {}

  static boolean isReserved(String name) {
    return name.startsWith(PREFIX);
  }

  /** Returns whether a path, or a directory on it, has a name that no file of a layer may have. */
  static boolean hasReservedName(TreePath path) {
    return path.toString().contains("/" + PREFIX);
  }

  /** Returns whether a path belongs to what AUFS kept at the root of a layer for itself. */
  static boolean isAufsMetadata(TreePath path) {
    String text = path.toString();
    return text.startsWith("/" + AUFS_PREFIX) && !text.equals("/" + OPAQUE);
  }

  /**
   * Returns whether the part of a whiteout's name behind the prefix names something that can be
   * removed.
   */
  static boolean isRemovable(String name) {
    return !name.isEmpty() && !name.equals(".") && !name.equals("..");
  }

  /** Returns the path of the entry that removes {@code path}. */
  static String removing(TreePath path) {
    return relative(path.parent().resolve(PREFIX + path.name()));
  }

  /** Returns the path of the entry that hides what {@code directory} has below. */
  static String clearing(TreePath directory) {
    return relative(directory.resolve(OPAQUE));
  }

  /** Returns a path as it stands in a tar: without a slash before it. */
  static String relative(TreePath path) {
    return path.toString().substring(1);
  }
}
