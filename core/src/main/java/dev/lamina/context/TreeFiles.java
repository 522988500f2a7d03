// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.PathFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Files that are a tree already. */
record TreeFiles(FileTree tree) implements ContextFiles {
  private static final int FILE_MODE = 0644;

  static TreeFiles of(Map<String, byte[]> files) {
    Changes.Builder changes = Changes.builder();
    Metadata metadata = Metadata.of(FILE_MODE, Instant.EPOCH);
    new TreeMap<>(files)
        .forEach(
            (path, bytes) ->
                changes.put(TreePath.of(path), Node.file(metadata, Content.of(bytes))));
    try {
      return new TreeFiles(FileTree.empty().apply(changes.build()));
    } catch (IOException e) {
      throw new UncheckedIOException("the files' paths are in each other's way", e);
    }
  }

  @Override
  public Optional<Content> file(String name) {
    return tree.node(TreePath.of(name))
        .filter(Node.File.class::isInstance)
        .map(node -> ((Node.File) node).content());
  }

  @Override
  public FileTree tree(PathFilter filter) throws IOException {
    if (filter == PathFilter.ALL) {
      return tree;
    }
    Set<TreePath> kept = new HashSet<>();
    tree.forEach(
        (path, node) -> {
          if (!path.isRoot() && filter.includes(path.toString().substring(1))) {
            for (TreePath at = path; !at.isRoot(); at = at.parent()) {
              kept.add(at);
            }
          }
        });
    Changes.Builder changes = Changes.builder();
    tree.forEach(
        (path, node) -> {
          if (!path.isRoot() && !kept.contains(path) && kept.contains(path.parent())) {
            changes.remove(path);
          } else if (!path.isRoot() && !kept.contains(path) && path.depth() == 1) {
            changes.remove(path);
          }
        });
    return tree.apply(changes.build());
  }
}
