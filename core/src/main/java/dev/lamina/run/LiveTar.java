// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Writes changes for a root that is in use: what has to be removed from it first, and a plain tar
 * stream to be laid over it. Directories above the changes are left as they are.
 */
final class LiveTar {
  private LiveTar() {}

  /**
   * Returns the paths to remove, relative to the root, each with a zero byte behind it.
   *
   * @param changes the difference between two trees
   * @param before the first of them
   */
  static byte[] removals(Changes changes, FileTree before) {
    ByteArrayOutputStream paths = new ByteArrayOutputStream();
    for (Change change : changes) {
      if (!change.path().isRoot() && isInTheWay(change, before.node(change.path()))) {
        paths.writeBytes(FileNames.encode(TarNodes.name(change.path())));
        paths.write(0);
      }
    }
    return paths.toByteArray();
  }

  private static boolean isInTheWay(Change change, Optional<Node> old) {
    boolean directory = old.isPresent() && old.get() instanceof Node.Directory;
    if (change instanceof Change.Put put) {
      return old.isPresent() && directory != put.node() instanceof Node.Directory;
    }
    return old.isPresent();
  }

  /**
   * Writes the stream.
   *
   * @param devices whether devices are written: only root can make them
   */
  static void write(Changes changes, FileTree after, boolean devices, OutputStream out)
      throws IOException {
    TarWriter tar = TarWriter.over(out);
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        put(tar, put.path(), put.node(), devices);
      } else if (change instanceof Change.Link link) {
        Node target = after.node(link.target()).orElseThrow();
        tar.write(TarNodes.hardLink(link.path(), link.target(), target.metadata()));
      }
    }
    tar.finish();
  }

  private static void put(TarWriter tar, TreePath path, Node node, boolean devices)
      throws IOException {
    if (node instanceof Node.File file) {
      tar.write(TarNodes.entry(path, node, node.metadata()), file.content());
    } else if (devices || !(node instanceof Node.Device)) {
      tar.write(TarNodes.entry(path, node, node.metadata()), Content.empty());
    }
  }
}
