// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

import dev.lamina.fs.Node;
import dev.lamina.fs.Xattrs;
import java.util.HexFormat;

/**
 * What a node is, as keys take it: its mode, owner, kind and attributes. Times are left out, so a
 * fresh copy of the same files has the same text.
 */
public final class NodeText {
  private NodeText() {}

  /** Returns the text of anything, of a file all but its content. */
  public static String of(Node node) {
    return text(node, node.accept(new Kind()));
  }

  /**
   * Returns the text of a file.
   *
   * @param digest stands for its content
   */
  public static String of(Node.File file, String digest) {
    return text(file, file.accept(new Kind()) + " " + digest);
  }

  private static String text(Node node, String kind) {
    return Integer.toOctalString(node.mode())
        + " "
        + node.uid()
        + ":"
        + node.gid()
        + " "
        + kind
        + attributes(node.xattrs());
  }

  private static String attributes(Xattrs xattrs) {
    StringBuilder text = new StringBuilder();
    for (String name : xattrs.names()) {
      text.append(' ').append(name).append('=');
      text.append(HexFormat.of().formatHex(xattrs.get(name).orElseThrow()));
    }
    return text.toString();
  }

  private static final class Kind implements Node.Visitor<String> {
    @Override
    public String directory(Node.Directory directory) {
      return "directory";
    }

    @Override
    public String file(Node.File file) {
      return "file " + file.size();
    }

    @Override
    public String symlink(Node.Symlink symlink) {
      return "link to " + symlink.target();
    }

    @Override
    public String device(Node.Device device) {
      return (device.isBlock() ? "block " : "char ") + device.major() + ":" + device.minor();
    }

    @Override
    public String fifo(Node.Fifo fifo) {
      return "fifo";
    }

    @Override
    public String socket(Node.Socket socket) {
      return "socket";
    }
  }
}
