// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The entries of an archive whose names a layer has for whiteouts. Docker lays them down as files,
 * and its layer then says that what is below them is gone; here it is gone at once. They act on
 * what is below the layer only, wherever they stand in it.
 */
final class ArchiveWhiteouts {
  private static final String PREFIX = ".wh.";
  private static final String META = ".wh..wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final OverlayFileSystem files;
  private final List<TreePath> removed = new ArrayList<>();
  private final List<TreePath> opaque = new ArrayList<>();

  ArchiveWhiteouts(OverlayFileSystem files) {
    this.files = files;
  }

  static boolean isOne(TreePath path) {
    return path.name().startsWith(PREFIX);
  }

  void add(TreePath path) {
    String name = path.name();
    if (name.equals(OPAQUE)) {
      opaque.add(path.parent());
    } else if (!name.startsWith(META) && !name.equals(PREFIX)) { // appliers leave those out
      removed.add(path.parent().resolve(name.substring(PREFIX.length())));
    }
  }

  /** Removes what they name, but for what the layer itself has brought. */
  void apply() throws IOException {
    if (removed.isEmpty() && opaque.isEmpty()) {
      return;
    }
    Set<TreePath> brought = new HashSet<>();
    for (Change change : files.changes()) {
      for (TreePath at = change.path(); brought.add(at) && !at.isRoot(); ) {
        at = at.parent();
      }
    }
    FileTree tree = files.snapshot();
    Changes.Builder changes = Changes.builder();
    for (TreePath path : removed) {
      tree.node(path).ifPresent(node -> remove(path, node, brought, changes));
    }
    for (TreePath path : opaque) {
      tree.node(path).ifPresent(node -> removeBelow(path, node, brought, changes));
    }
    files.apply(changes.build());
  }

  private static void remove(
      TreePath path, Node node, Set<TreePath> brought, Changes.Builder changes) {
    if (brought.contains(path)) {
      removeBelow(path, node, brought, changes);
    } else {
      changes.remove(path);
    }
  }

  private static void removeBelow(
      TreePath path, Node node, Set<TreePath> brought, Changes.Builder changes) {
    if (node instanceof Node.Directory directory) {
      directory.forEach((name, child) -> remove(path.resolve(name), child, brought, changes));
    }
  }
}
