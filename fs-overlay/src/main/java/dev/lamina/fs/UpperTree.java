// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes told as a tree, most layers' can be: what they put, over whatever is below. Laid over
 * another tree it is not gone through: a directory that isn't below becomes part of the result as
 * it is, unread if it is one of a {@link StoredTree}.
 *
 * @param tree what the changes make of an empty tree
 * @param removals what they remove and clear below
 * @param implied directories of {@code tree} that they don't put, but put something in; the root is
 *     one of them if it isn't put
 */
public record UpperTree(FileTree tree, Changes removals, Set<TreePath> implied) {
  /** Copies the set. */
  public UpperTree {
    implied = Set.copyOf(implied);
  }

  /**
   * Returns changes as a tree, if they can be told so: nothing is put twice, no directory after
   * what is in it, nothing through a link, no link leads to what is below, and what is cleared is
   * put or has something put in it.
   */
  public static Optional<UpperTree> of(Changes changes) {
    Map<TreePath, Boolean> directories = new HashMap<>(); // whether they are put
    directories.put(TreePath.ROOT, false);
    Changes.Builder removals = Changes.builder();
    long others = 0;
    for (Change change : changes) {
      TreePath path = change.path();
      if (change instanceof Change.Remove || change instanceof Change.Clear) {
        removals.add(change);
        continue;
      }
      addParents(path, directories);
      if (change instanceof Change.Put put && put.node() instanceof Node.Directory) {
        Boolean known = directories.put(path, true);
        if (known != null && (known || !path.isRoot())) {
          return Optional.empty();
        }
      } else {
        others++;
      }
    }
    for (Change removal : removals.build()) {
      if (removal instanceof Change.Clear && !directories.containsKey(removal.path())) {
        return Optional.empty(); // it makes a directory below, wherever links lead
      }
    }
    return of(changes, removals.build(), directories, others);
  }

  private static void addParents(TreePath path, Map<TreePath, Boolean> directories) {
    TreePath parent = path.parent();
    while (directories.putIfAbsent(parent, false) == null) {
      parent = parent.parent();
    }
  }

  private static Optional<UpperTree> of(
      Changes changes, Changes removals, Map<TreePath, Boolean> directories, long others) {
    FileTree tree;
    try {
      tree = FileTree.empty().apply(changes);
    } catch (IOException e) {
      return Optional.empty(); // it needs something below
    }
    Set<TreePath> implied = new HashSet<>();
    for (Map.Entry<TreePath, Boolean> directory : directories.entrySet()) {
      if (!(tree.inodeOrNull(directory.getKey()) instanceof DirectoryInode)) {
        return Optional.empty();
      }
      if (!directory.getValue()) {
        implied.add(directory.getKey());
      }
    }
    return tree.size() == directories.size() + others
        ? Optional.of(new UpperTree(tree, removals, implied))
        : Optional.empty();
  }

  /**
   * Returns a tree with this over it, as {@link FileTree#apply} makes it of the changes; nothing if
   * that takes the changes themselves, as an implied directory is no directory there.
   *
   * @throws java.nio.file.FileSystemException if {@code apply} would, for what is removed
   */
  public Optional<FileTree> over(FileTree lower) throws IOException {
    return new TreeOverlay(this, lower).apply();
  }
}
