// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarType;
import java.util.Optional;

/** Nodes of a tree as entries of a tar stream whose names begin with {@code ./}, and back. */
final class TarNodes {
  private TarNodes() {}

  /** Returns a path as an entry's name. */
  static String name(TreePath path) {
    return "." + path;
  }

  /** Returns the entry of a node, with other attributes than its own. */
  static TarEntry entry(TreePath path, Node node, Metadata metadata) {
    String name = name(path);
    return node.accept(
        new Node.Visitor<TarEntry>() {
          @Override
          public TarEntry directory(Node.Directory directory) {
            return TarEntry.directory(name, metadata);
          }

          @Override
          public TarEntry file(Node.File file) {
            return TarEntry.file(name, metadata, file.size());
          }

          @Override
          public TarEntry symlink(Node.Symlink symlink) {
            return TarEntry.link(TarType.SYMLINK, name, symlink.target(), metadata);
          }

          @Override
          public TarEntry device(Node.Device device) {
            return TarNodes.device(
                path,
                device.isBlock() ? TarType.BLOCK_DEVICE : TarType.CHARACTER_DEVICE,
                metadata,
                device.major(),
                device.minor());
          }

          @Override
          public TarEntry fifo(Node.Fifo fifo) {
            return new TarEntry(name, TarType.FIFO, "", metadata, 0, 0, 0);
          }

          @Override
          public TarEntry socket(Node.Socket socket) {
            throw new IllegalStateException("socket in a tree: " + path);
          }
        });
  }

  /** Returns the entry of a device. */
  static TarEntry device(TreePath path, TarType type, Metadata metadata, long major, long minor) {
    return new TarEntry(name(path), type, "", metadata, 0, major, minor);
  }

  /** Returns the entry of one more name of a file that the stream has already. */
  static TarEntry hardLink(TreePath path, TreePath target, Metadata metadata) {
    return TarEntry.link(
        TarType.HARD_LINK, name(path), name(target), metadata.withXattrs(Xattrs.empty()));
  }

  /**
   * Returns the node of an entry, with other attributes than its own; empty for a hard link.
   *
   * @param content the bytes, if it is a regular file
   */
  static Optional<Node> node(TarEntry entry, Metadata metadata, Content content) {
    return switch (entry.type()) {
      case REGULAR -> Optional.of(Node.file(metadata, content));
      case DIRECTORY -> Optional.of(Node.directory(metadata));
      case SYMLINK -> Optional.of(Node.symlink(metadata, entry.linkName()));
      case FIFO -> Optional.of(Node.fifo(metadata));
      case CHARACTER_DEVICE, BLOCK_DEVICE ->
          Optional.of(
              Node.device(
                  metadata,
                  entry.type() == TarType.BLOCK_DEVICE,
                  (int) entry.deviceMajor(),
                  (int) entry.deviceMinor()));
      default -> Optional.empty();
    };
  }
}
