// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the upper directory of fuse-overlayfs: what is there is a change, but for the marks, which
 * are removals. Attributes that processes cannot see stay with their path, if what is there is
 * still of the same kind. A directory has another time after something in it was copied up, as
 * processes see too; only for the root that is taken back, or it were in every layer.
 *
 * @param whole reads marks as the files they are
 */
record FuseReader(UpperReader whole) implements UpperReader {
  @Override
  public Changes read(Path upper, FileTree base) throws IOException {
    return new Reading(base).changes(whole.read(upper, base));
  }

  /** One reading. */
  private static final class Reading {
    private final FileTree base;
    private final Set<TreePath> opaque = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();

    Reading(FileTree base) {
      this.base = base;
    }

    Changes changes(Changes found) {
      for (Change change : found) {
        if (FuseMarks.isOpaque(change.path())) {
          opaque.add(change.path().parent());
        }
        FuseMarks.hidden(change.path()).filter(this::isBelow).ifPresent(this::remove);
      }
      for (Change change : found) {
        if (change instanceof Change.Put put && !FuseMarks.isMark(put.path())) {
          put(put);
        } else if (!FuseMarks.isMark(change.path())) {
          changes.add(change);
        }
      }
      if (changes.stream().allMatch(this::keepsNamesOfRoot)) {
        changes.removeIf(this::isRootButForTime);
      }
      return Changes.of(changes);
    }

    private boolean isBelow(TreePath path) {
      return base.node(path).isPresent();
    }

    private void remove(TreePath path) {
      changes.add(new Change.Remove(path));
    }

    private void put(Change.Put put) {
      TreePath path = put.path();
      Metadata metadata = put.node().metadata();
      Xattrs own = FuseMarks.own(metadata.xattrs());
      Optional<Node> old = base.node(path);
      if (old.isPresent() && !opaque.contains(path) && isSameKind(old.get(), put.node())) {
        own = FuseMarks.withPrivate(own, old.get().metadata().xattrs());
      }
      changes.add(new Change.Put(path, put.node().withMetadata(metadata.withXattrs(own))));
      if (old.isPresent() && opaque.contains(path)) {
        changes.add(new Change.Clear(path));
      }
    }

    /** A directory that a process made is opaque; one that was copied up is not. */
    private boolean keepsNamesOfRoot(Change change) {
      return change.path().depth() != 1
          || (change instanceof Change.Put put
              && (put.node() instanceof Node.Directory
                  ? !opaque.contains(put.path())
                  : base.node(put.path()).filter(o -> isSameKind(o, put.node())).isPresent()));
    }

    private boolean isRootButForTime(Change change) {
      Metadata old = base.root().metadata();
      return change.path().isRoot()
          && change instanceof Change.Put put
          && put.node().metadata().withMtime(old.mtime()).equals(old);
    }

    private static boolean isSameKind(Node a, Node b) {
      return a.getClass() == b.getClass();
    }
  }
}
