// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/** Writes what a directory of a {@link StoredTree} has under a name; see {@link InodeDecoder}. */
final class InodeEncoder {
  private final Function<Content, long[]> numbers;

  InodeEncoder(Function<Content, long[]> numbers) {
    this.numbers = numbers;
  }

  static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  void link(DataOutputStream out, int number) throws IOException {
    out.writeByte(InodeDecoder.LINK);
    out.writeInt(number);
  }

  /** Writes a directory whose children are at a position, if it has any. */
  void directory(DataOutputStream out, DirectoryInode directory, boolean hasLinks, long children)
      throws IOException {
    out.writeByte(InodeDecoder.DIRECTORY);
    metadata(out, directory);
    out.writeBoolean(hasLinks);
    out.writeInt(directory.entries.size());
    out.writeLong(children);
  }

  /** Writes anything but a directory. */
  void file(DataOutputStream out, Inode inode) throws IOException {
    if (inode instanceof FileInode file) {
      out.writeByte(InodeDecoder.FILE);
      metadata(out, inode);
      long[] its = numbers.apply(file.content());
      out.writeInt(its.length);
      for (long number : its) {
        out.writeLong(number);
      }
    } else if (inode instanceof SymlinkInode link) {
      out.writeByte(InodeDecoder.SYMLINK);
      metadata(out, inode);
      bytes(out, link.rawTarget);
    } else if (inode instanceof SpecialInode.DeviceInode device) {
      out.writeByte(device.isBlock() ? InodeDecoder.BLOCK : InodeDecoder.CHARACTER);
      metadata(out, inode);
      out.writeInt(device.major());
      out.writeInt(device.minor());
    } else {
      out.writeByte(
          inode instanceof SpecialInode.FifoInode ? InodeDecoder.FIFO : InodeDecoder.SOCKET);
      metadata(out, inode);
    }
  }

  private static void metadata(DataOutputStream out, Inode inode) throws IOException {
    Metadata metadata = inode.metadata();
    out.writeShort(metadata.mode());
    out.writeInt((int) metadata.uid());
    out.writeInt((int) metadata.gid());
    Instant mtime = metadata.mtime();
    out.writeLong(mtime.getEpochSecond());
    out.writeInt(mtime.getNano());
    Xattrs xattrs = metadata.xattrs();
    out.writeInt(xattrs.names().size());
    for (String name : xattrs.names()) {
      bytes(out, FileNames.encode(name));
      bytes(out, xattrs.get(name).orElseThrow());
    }
  }
}
