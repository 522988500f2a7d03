// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarType;
import java.time.Instant;
import java.util.List;

/** How a lower directory of an overlay says what it takes away from those below it. */
interface LowerForm {
  /**
   * That of the kernel's overlay mounted with {@code userxattr}: a whiteout is a character device
   * 0:0, an opaque directory has {@code user.overlay.opaque}.
   */
  LowerForm KERNEL =
      new LowerForm() {
        private final Metadata whiteout = Metadata.of(0, Instant.EPOCH);

        @Override
        public TarEntry whiteout(TreePath path) {
          return TarNodes.device(path, TarType.CHARACTER_DEVICE, whiteout, 0, 0);
        }

        @Override
        public Xattrs below(Xattrs own) {
          return OverlayMarks.escaped(own);
        }

        @Override
        public Xattrs opaque(Xattrs below) {
          return OverlayMarks.opaque(below);
        }
      };

  /**
   * Returns that of fuse-overlayfs: marks are files, which every file system can hold.
   *
   * <p>Every directory that is new over those below is opaque, as every one is that fuse-overlayfs
   * makes: it looks names up below other directories with system calls that follow links, and so
   * never looks where a link was in the place of a directory. Each name is a file of its own: of
   * two names of one file, version 1.10 copies up either, whichever is written to.
   *
   * @param below what the directories below hold together
   */
  static LowerForm fuse(FileTree below) {
    return new LowerForm() {
      private final Metadata mark = Metadata.of(0, Instant.EPOCH);

      // Not only empty: an empty tree may lie over links that were removed.
      private final boolean lowest = below.equals(FileTree.empty());

      @Override
      public TarEntry whiteout(TreePath path) {
        return TarEntry.file(TarNodes.name(FuseMarks.whiteout(path)), mark, 0);
      }

      @Override
      public Xattrs below(Xattrs own) {
        return FuseMarks.own(own);
      }

      @Override
      public List<TarEntry> opaqueFiles(TreePath directory) {
        return List.of(TarEntry.file(TarNodes.name(FuseMarks.opaque(directory)), mark, 0));
      }

      @Override
      public boolean isNew(TreePath directory) {
        return !lowest && !(below.node(directory).orElse(null) instanceof Node.Directory);
      }

      @Override
      public boolean hasHardLinks() {
        return false;
      }

      @Override
      public boolean canHold(TreePath path) {
        return !FuseMarks.isMark(path);
      }
    };
  }

  /** Returns the entry that removes what is below at a path. */
  TarEntry whiteout(TreePath path);

  /** Returns what a file's attributes must be below the mount, to be its own in it. */
  Xattrs below(Xattrs own);

  /** Returns the attributes of a directory that hides what is below it. */
  default Xattrs opaque(Xattrs below) {
    return below;
  }

  /** Returns what lies in a directory that hides what is below it. */
  default List<TarEntry> opaqueFiles(TreePath directory) {
    return List.of();
  }

  /** Tells whether a directory is to hide what is below it because no directory is there. */
  default boolean isNew(TreePath directory) {
    return false;
  }

  /** Tells whether files with several names are one. */
  default boolean hasHardLinks() {
    return true;
  }

  /** Tells whether a file may have this name. */
  default boolean canHold(TreePath path) {
    return true;
  }
}
