// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.Random;

/**
 * Seeded trees with every kind of node, names of any bytes, and all attributes a layer can hold.
 */
final class RandomChanges {
  private final Random random;
  private final boolean onHost;

  /**
   * A generator.
   *
   * @param onHost whether there is only what a host's file system can hold too
   */
  RandomChanges(long seed, boolean onHost) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.onHost = onHost;
  }

  /** The tree with some edits. */
  FileTree edit(FileTree tree, int edits) throws IOException {
    OverlayFileSystem fs = OverlayFileSystem.over(tree);
    for (int i = 0; i < edits; i++) {
      try {
        edit(fs);
      } catch (FileSystemException e) {
        // a parent that is a file, a link to nothing: as good as no edit
      }
    }
    return fs.snapshot();
  }

  private void edit(OverlayFileSystem fs) throws IOException {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> fs.put(path(), Node.file(metadata(), content()));
      case 4, 5 -> fs.put(path(), Node.directory(metadata()));
      case 6 -> fs.put(path(), Node.symlink(linkMetadata(), target()));
      case 7 -> fs.put(path(), Node.fifo(metadata().withXattrs(Xattrs.empty())));
      case 8 -> fs.put(path(), device());
      case 9 -> fs.link(path(), path());
      case 10 -> fs.remove(path());
      default -> fs.apply(Changes.of(new Change.Clear(path())));
    }
  }

  private Node device() {
    Metadata metadata = metadata().withXattrs(Xattrs.empty());
    return Node.device(
        metadata, random.nextBoolean(), random.nextInt(4096), random.nextInt(1 << 20));
  }

  private TreePath path() {
    StringBuilder path = new StringBuilder();
    int depth = 1 + random.nextInt(3);
    for (int i = 0; i < depth; i++) {
      path.append('/').append(name());
    }
    return TreePath.of(path.toString());
  }

  private String name() {
    return switch (random.nextInt(12)) {
      case 0 -> "long-" + "x".repeat(95 + random.nextInt(10));
      case 1 -> FileNames.decode(new byte[] {'b', (byte) (0xFE + random.nextInt(2))});
      case 2 -> "new\nline";
      case 3 -> "é";
      default -> String.valueOf((char) ('a' + random.nextInt(4)));
    };
  }

  private String target() {
    return switch (random.nextInt(4)) {
      case 0 -> "/" + name();
      case 1 -> "../".repeat(5) + name();
      case 2 -> ("t".repeat(40 + random.nextInt(9)) + "/").repeat(2 + random.nextInt(4));
      default -> name();
    };
  }

  private Content content() {
    byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(5_000) : random.nextInt(4)];
    random.nextBytes(bytes);
    return Content.of(bytes);
  }

  private Metadata linkMetadata() {
    return metadata().withMode(0777).withXattrs(Xattrs.empty());
  }

  private Metadata metadata() {
    long id = onHost ? random.nextInt(70_000) : random.nextLong() & 0xFFFF_FFFFL;
    long second = onHost ? random.nextInt(1_700_000_000) : random.nextLong() % 10_000_000_000L;
    Metadata metadata =
        Metadata.of(
                random.nextInt(010000),
                Instant.ofEpochSecond(
                    second, random.nextBoolean() ? 0 : random.nextInt(1_000_000_000)))
            .withOwner(id, random.nextInt(3));
    if (random.nextInt(4) == 0) {
      byte[] value = new byte[random.nextInt(30)];
      random.nextBytes(value);
      return metadata.withXattrs(Xattrs.empty().with("user.n" + random.nextInt(2), value));
    }
    return metadata;
  }
}
