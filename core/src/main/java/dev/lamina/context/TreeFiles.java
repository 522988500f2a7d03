// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.dockerfile.ignore.IgnoreCursor;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.Nullable;

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
  public VersionedTree scan(Dockerignore ignore, Set<String> needed) throws IOException {
    FileTree included = without(ignore);
    Map<TreePath, NodePlace> found = NeededPaths.find(new NodePlace(included.root()), needed);
    return VersionedTree.of(
        found.containsKey(TreePath.ROOT) ? included : part(included, found.keySet()));
  }

  private record NodePlace(Node node) implements Place<NodePlace> {
    @Override
    public boolean isDirectory() {
      return node instanceof Node.Directory;
    }

    @Override
    public Optional<String> link() {
      return node instanceof Node.Symlink link ? Optional.of(link.target()) : Optional.empty();
    }

    @Override
    public @Nullable NodePlace childOrNull(String name) {
      return node instanceof Node.Directory directory
          ? directory.child(name).map(NodePlace::new).orElse(null)
          : null;
    }

    @Override
    public Iterable<String> names() {
      return node instanceof Node.Directory directory ? directory.names() : List.of();
    }
  }

  /** Returns some paths of a tree, with what is below them and the directories above. */
  private static FileTree part(FileTree tree, Set<TreePath> paths) throws IOException {
    Set<TreePath> above = new HashSet<>(Set.of(TreePath.ROOT));
    for (TreePath path : paths) {
      for (TreePath at = path.parent(); !at.isRoot(); at = at.parent()) {
        above.add(at);
      }
    }
    Changes.Builder changes = Changes.builder();
    Map<Long, TreePath> linked = new HashMap<>();
    tree.forEach(
        (path, node) -> {
          if (above.contains(path) || isAtOrBelow(path, paths)) {
            OptionalLong link = tree.linkId(path);
            TreePath first = link.isPresent() ? linked.putIfAbsent(link.getAsLong(), path) : null;
            if (first == null) {
              changes.put(path, node);
            } else {
              changes.link(path, first);
            }
          }
        });
    return FileTree.empty().apply(changes.build());
  }

  private static boolean isAtOrBelow(TreePath path, Set<TreePath> paths) {
    for (TreePath at = path; !at.isRoot(); at = at.parent()) {
      if (paths.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private FileTree without(Dockerignore ignore) throws IOException {
    if (ignore.patterns().isEmpty()) {
      return tree;
    }
    Changes.Builder removed = Changes.builder();
    boolean unused = keepsAny(tree.root(), TreePath.ROOT, ignore.root(), removed);
    return tree.apply(removed.build());
  }

  /** Removes what is left out of a directory; returns whether anything in it isn't. */
  private static boolean keepsAny(
      Node.Directory directory, TreePath at, IgnoreCursor rules, Changes.Builder removed) {
    boolean[] any = {false};
    directory.forEach(
        (name, child) -> {
          if (keeps(child, at.resolve(name), rules.child(name), removed)) {
            any[0] = true;
          }
        });
    return any[0];
  }

  private static boolean keeps(
      Node node, TreePath at, IgnoreCursor rules, Changes.Builder removed) {
    if (node instanceof Node.Directory directory && rules.mayContainIncluded()) {
      Changes.Builder below = Changes.builder();
      if (keepsAny(directory, at, rules, below) || !rules.isExcluded()) {
        below.build().forEach(removed::add);
        return true;
      }
    } else if (!rules.isExcluded()) {
      return true;
    }
    removed.remove(at);
    return false;
  }
}
