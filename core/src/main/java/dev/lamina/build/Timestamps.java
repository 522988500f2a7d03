// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Sets the times of files, for builds that give the same image whenever they are made. */
final class Timestamps {
  private Timestamps() {}

  /** Returns a tree whose files all have one time. */
  static FileTree all(FileTree tree, Instant time) throws IOException {
    Changes.Builder changes = Changes.builder();
    Map<Long, TreePath> linked = new HashMap<>();
    tree.forEach(
        (path, node) -> {
          OptionalLong link = tree.linkId(path);
          TreePath first = link.isPresent() ? linked.putIfAbsent(link.getAsLong(), path) : null;
          if (first == null) {
            changes.put(path, at(node, time));
          } else {
            changes.link(path, first);
          }
        });
    return FileTree.empty().apply(changes.build());
  }

  /** Returns changes in which no file has a time after {@code latest}. */
  static Changes clamp(Changes changes, Instant latest) {
    Changes.Builder clamped = Changes.builder();
    for (Change change : changes) {
      boolean late = change instanceof Change.Put put && put.node().mtime().isAfter(latest);
      clamped.add(late ? at((Change.Put) change, latest) : change);
    }
    return clamped.build();
  }

  private static Change at(Change.Put put, Instant time) {
    return new Change.Put(put.path(), at(put.node(), time));
  }

  private static Node at(Node node, Instant time) {
    return node.withMetadata(node.metadata().withMtime(time));
  }
}
