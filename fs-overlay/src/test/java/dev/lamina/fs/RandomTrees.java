// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Seeded trees and edits, with few names so that edits meet. */
final class RandomTrees {
  private final Random random;

  RandomTrees(long seed) {
    this.random = new Random(seed);
  }

  FileTree tree(int edits) throws IOException {
    return edit(FileTree.empty(), edits);
  }

  /** The tree after some random edits, made by a file system or by changes. */
  FileTree edit(FileTree tree, int edits) throws IOException {
    OverlayFileSystem fs = OverlayFileSystem.over(tree);
    for (int i = 0; i < edits; i++) {
      try {
        edit(fs);
      } catch (FileSystemException e) {
        // A parent that is a file, a link to nothing: as good as no edit.
      }
    }
    return fs.snapshot();
  }

  private void edit(OverlayFileSystem fs) throws IOException {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> fs.put(path(), Node.file(metadata(), content()));
      case 3, 4 -> fs.put(path(), Node.directory(metadata()));
      case 5 -> fs.put(path(), Node.symlink(metadata(), random.nextBoolean() ? "/a" : "../b"));
      case 6 -> fs.put(path(), Node.fifo(metadata()));
      case 7, 8 -> fs.link(path(), path());
      case 9 -> fs.remove(path());
      case 10 -> fs.graft(path(), some(fs.snapshot()));
      default -> {
        if (random.nextInt(4) == 0) {
          fs.apply(Changes.of(new Change.Clear(path())));
        }
      }
    }
  }

  private Node some(FileTree tree) {
    List<Node> nodes = new ArrayList<>();
    tree.forEach((path, node) -> nodes.add(node));
    return nodes.size() > 60 ? Node.fifo(metadata()) : nodes.get(random.nextInt(nodes.size()));
  }

  TreePath path() {
    StringBuilder path = new StringBuilder();
    int depth = 1 + random.nextInt(4);
    for (int i = 0; i < depth; i++) {
      path.append('/').append((char) ('a' + random.nextInt(4)));
    }
    return TreePath.of(path.toString());
  }

  Content content() {
    byte[] bytes = new byte[random.nextInt(4)];
    random.nextBytes(bytes);
    return Content.of(bytes);
  }

  Metadata metadata() {
    Metadata metadata =
        new Metadata(
            random.nextInt(3) == 0 ? 0600 : 0755,
            random.nextInt(2),
            0,
            Instant.ofEpochSecond(random.nextInt(3), 5),
            Xattrs.empty());
    return random.nextInt(5) == 0
        ? metadata.withXattrs(Xattrs.empty().with("user.x", new byte[] {(byte) random.nextInt(2)}))
        : metadata;
  }
}
