// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/** From the public nodes to the inodes behind them. */
final class Nodes {
  private Nodes() {}

  static Inode inode(Node node) {
    return node instanceof DirectoryView view ? view.inode() : (Inode) node;
  }

  static String describe(String kind, Inode inode) {
    return String.format("%s %04o %d:%d", kind, inode.mode(), inode.uid(), inode.gid());
  }
}
