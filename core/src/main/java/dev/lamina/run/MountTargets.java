// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.RunException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The places in a root that something is to be mounted on. Those that are missing are put into a
 * lower directory of the session's own, over the layers: so they are there to be mounted on, and
 * never in the upper directory, which becomes the layer.
 */
final class MountTargets {
  /** The mode of a directory in which everyone may write. */
  private static final int EVERYONES = 01777;

  private final FileTree tree;
  private final Map<TreePath, Boolean> directories = new TreeMap<>();
  private final Set<TreePath> open = new HashSet<>();

  MountTargets(FileTree tree) {
    this.tree = tree;
  }

  /**
   * Adds a place.
   *
   * @param target a path in the root; links are followed inside it
   * @param directory whether a directory is to be mounted, or a file
   * @return the path without links
   * @throws RunException if the way there leads through something that is no directory
   */
  TreePath add(String target, boolean directory) throws IOException {
    TreePath path = tree.follow(target);
    for (TreePath parent = path.parent(); !parent.isRoot(); parent = parent.parent()) {
      if (tree.node(parent).filter(node -> !(node instanceof Node.Directory)).isPresent()) {
        throw new RunException("mount target " + target + ": " + parent + ": expected a directory");
      }
    }
    directories.put(path, directory);
    return path;
  }

  /**
   * Has a directory that is missing be everyone's to write, as one that a tmpfs goes over is in
   * BuildKit.
   */
  void open(TreePath directory) {
    open.add(directory);
  }

  /** Returns the places that are missing, with the directories above them. */
  Changes missing() {
    Changes.Builder missing = Changes.builder();
    Map<TreePath, Boolean> all = new TreeMap<>();
    directories.forEach(
        (path, directory) -> {
          if (tree.node(path).isEmpty()) {
            all.put(path, directory);
            for (TreePath parent = path.parent();
                tree.node(parent).isEmpty();
                parent = parent.parent()) {
              all.put(parent, true);
            }
          }
        });
    all.forEach(
        (path, directory) ->
            missing.put(
                path,
                directory
                    ? Node.directory(Metadata.of(mode(path), Instant.EPOCH))
                    : Node.file(Metadata.of(0644, Instant.EPOCH), Content.empty())));
    return missing.build();
  }

  private int mode(TreePath directory) {
    return open.contains(directory) ? EVERYONES : 0755;
  }

  /** Returns the tree with what is missing in it. */
  FileTree withMissing() throws IOException {
    return tree.apply(missing());
  }
}
