// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.time.Instant;
import java.util.function.Function;

/** Writes what a directory of a {@link StoredTree} has under a name; see {@link InodeDecoder}. */
final class InodeEncoder {
  private final Function<Content, long[]> numbers;

  InodeEncoder(Function<Content, long[]> numbers) {
    this.numbers = numbers;
  }

  void link(PartWriter out, int number) {
    out.putByte(InodeDecoder.LINK);
    out.putInt(number);
  }

  /** Writes a directory whose children are at a position, if it has any. */
  void directory(PartWriter out, DirectoryInode directory, boolean hasLinks, long children) {
    out.putByte(InodeDecoder.DIRECTORY);
    metadata(out, directory);
    out.putByte(hasLinks ? 1 : 0);
    out.putInt(directory.entries.size());
    out.putLong(children);
  }

  /** Writes anything but a directory. */
  void file(PartWriter out, Inode inode) {
    if (inode instanceof FileInode file) {
      out.putByte(InodeDecoder.FILE);
      metadata(out, inode);
      long[] its = numbers.apply(file.content());
      out.putInt(its.length);
      for (long number : its) {
        out.putLong(number);
      }
    } else if (inode instanceof SymlinkInode link) {
      out.putByte(InodeDecoder.SYMLINK);
      metadata(out, inode);
      out.putBytes(link.rawTarget);
    } else if (inode instanceof SpecialInode.DeviceInode device) {
      out.putByte(device.isBlock() ? InodeDecoder.BLOCK : InodeDecoder.CHARACTER);
      metadata(out, inode);
      out.putInt(device.major());
      out.putInt(device.minor());
    } else {
      out.putByte(
          inode instanceof SpecialInode.FifoInode ? InodeDecoder.FIFO : InodeDecoder.SOCKET);
      metadata(out, inode);
    }
  }

  private static void metadata(PartWriter out, Inode inode) {
    out.putShort(inode.mode());
    out.putInt((int) inode.uid());
    out.putInt((int) inode.gid());
    Instant mtime = inode.mtime();
    out.putLong(mtime.getEpochSecond());
    out.putInt(mtime.getNano());
    Xattrs xattrs = inode.xattrs();
    out.putInt(xattrs.names().size());
    for (String name : xattrs.names()) {
      out.putBytes(FileNames.encode(name));
      out.putBytes(xattrs.get(name).orElseThrow());
    }
  }
}
