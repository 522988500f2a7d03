// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import java.io.IOException;
import java.util.Locale;

/** How a session's root gets its writable top, the best first. */
enum RootKind {
  /** The kernel's overlay: nothing is copied, and the upper directory is the difference. */
  OVERLAY,
  /**
   * The same made by a process, fuse-overlayfs: slower at each access to a file, and there where
   * the kernel refuses its own: on a file system that is an overlay itself, as in a container, or
   * to users on an old kernel.
   *
   * <p>What differs from the kernel's, with version 1.10: names that begin with {@code .wh.} are
   * refused; attributes of its own names (see {@link FuseMarks#isPrivate}) are hidden from
   * processes; a file of the image that has several names is several files to them; a directory has
   * the time at which something in it was copied up; so has a symbolic link of the image that is
   * renamed or given another owner; a pipe of the image that is given another mode becomes an empty
   * file.
   */
  FUSE,
  /** A copy of the whole root, which is compared with the tree afterwards. */
  COPY;

  /** Finds out what the directories below one hold together, which may cost as much as they do. */
  @FunctionalInterface
  interface Below {
    FileTree tree() throws IOException;
  }

  /**
   * Returns the form of its lower directories.
   *
   * @param below asked only by a kind whose form depends on it
   */
  LowerForm form(Below below) throws IOException {
    return this == FUSE ? LowerForm.fuse(below.tree()) : LowerForm.KERNEL;
  }

  /** Tells whether the directory in which a session made a layer can be a lower directory. */
  boolean canBeLower(Layer layer) throws IOException {
    return switch (this) {
      case OVERLAY -> true;
      case FUSE -> layer.changes().stream().noneMatch(change -> change instanceof Change.Link);
      case COPY -> false;
    };
  }

  /** Returns the name that the script and people know it by. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
