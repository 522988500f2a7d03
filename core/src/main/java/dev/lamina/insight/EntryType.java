// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Node;
import java.util.Locale;

/** What an entry of a layer is. */
public enum EntryType {
  /** A regular file. */
  FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link. */
  SYMLINK,
  /** One more name of a file. */
  HARD_LINK,
  /** A block or character device. */
  DEVICE,
  /** A named pipe. */
  FIFO,
  /** A socket. */
  SOCKET;

  /** Returns the type of a node. */
  public static EntryType of(Node node) {
    return node.accept(NodeType.INSTANCE);
  }

  /** Returns the type in words, {@code hard link}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static final class NodeType implements Node.Visitor<EntryType> {
    static final NodeType INSTANCE = new NodeType();

    @Override
    public EntryType directory(Node.Directory directory) {
      return DIRECTORY;
    }

    @Override
    public EntryType file(Node.File file) {
      return FILE;
    }

    @Override
    public EntryType symlink(Node.Symlink symlink) {
      return SYMLINK;
    }

    @Override
    public EntryType device(Node.Device device) {
      return DEVICE;
    }

    @Override
    public EntryType fifo(Node.Fifo fifo) {
      return FIFO;
    }

    @Override
    public EntryType socket(Node.Socket socket) {
      return SOCKET;
    }
  }
}
