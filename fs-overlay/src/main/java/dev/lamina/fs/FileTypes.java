// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/** File types and device numbers as Linux has them in a stat. */
final class FileTypes {
  static final int MASK = 0170000;
  static final int SOCKET = 0140000;
  static final int SYMLINK = 0120000;
  static final int FILE = 0100000;
  static final int BLOCK = 0060000;
  static final int DIRECTORY = 0040000;
  static final int CHARACTER = 0020000;
  static final int FIFO = 0010000;

  private FileTypes() {}

  static int bits(Inode inode) {
    return inode.node(LinkTable.EMPTY).accept(Bits.VISITOR);
  }

  /** The number of a device as {@code makedev} puts it together, 0 for everything else. */
  static long device(Inode inode) {
    if (!(inode instanceof Node.Device device)) {
      return 0;
    }
    long major = Integer.toUnsignedLong(device.major());
    long minor = Integer.toUnsignedLong(device.minor());
    return ((major & 0xFFF) << 8)
        | ((major & 0xFFFFF000L) << 32)
        | (minor & 0xFF)
        | ((minor & 0xFFFFFF00L) << 12);
  }

  static int major(long device) {
    return (int) (((device >>> 8) & 0xFFF) | ((device >>> 32) & 0xFFFFF000L));
  }

  static int minor(long device) {
    return (int) ((device & 0xFF) | ((device >>> 12) & 0xFFFFFF00L));
  }

  private static final class Bits implements Node.Visitor<Integer> {
    static final Bits VISITOR = new Bits();

    @Override
    public Integer directory(Node.Directory directory) {
      return DIRECTORY;
    }

    @Override
    public Integer file(Node.File file) {
      return FILE;
    }

    @Override
    public Integer symlink(Node.Symlink symlink) {
      return SYMLINK;
    }

    @Override
    public Integer device(Node.Device device) {
      return device.isBlock() ? BLOCK : CHARACTER;
    }

    @Override
    public Integer fifo(Node.Fifo fifo) {
      return FIFO;
    }

    @Override
    public Integer socket(Node.Socket socket) {
      return SOCKET;
    }
  }
}
