// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads what {@link InodeEncoder} wrote. Thread-safe. */
final class InodeDecoder {
  static final byte FILE = 0;
  static final byte DIRECTORY = 1;
  static final byte SYMLINK = 2;
  static final byte CHARACTER = 3;
  static final byte BLOCK = 4;
  static final byte FIFO = 5;
  static final byte SOCKET = 6;
  static final byte LINK = 7;

  private final Function<long[], Content> contents;
  private final LazyNames.Source<Entry> directories;
  private final long firstLink;

  /** Takes where the children of directories are read, and the id of the first link. */
  InodeDecoder(
      Function<long[], Content> contents, LazyNames.Source<Entry> directories, long firstLink) {
    this.contents = contents;
    this.directories = directories;
    this.firstLink = firstLink;
  }

  static byte[] bytes(ByteBuffer in) {
    byte[] bytes = new byte[in.getInt()];
    in.get(bytes);
    return bytes;
  }

  Entry entry(ByteBuffer in) {
    byte kind = in.get();
    if (kind == LINK) {
      return new LinkRef(firstLink + in.getInt());
    }
    Metadata metadata = metadata(in);
    return switch (kind) {
      case FILE -> new FileInode(metadata, contents.apply(numbers(in)));
      case DIRECTORY -> directory(in, metadata);
      case SYMLINK -> new SymlinkInode(metadata, bytes(in));
      case CHARACTER, BLOCK ->
          new SpecialInode.DeviceInode(metadata, kind == BLOCK, in.getInt(), in.getInt());
      case FIFO -> new SpecialInode.FifoInode(metadata);
      case SOCKET -> new SpecialInode.SocketInode(metadata);
      default -> throw new IllegalStateException("inode: expected a kind, found " + kind);
    };
  }

  private DirectoryInode directory(ByteBuffer in, Metadata metadata) {
    boolean hasLinks = in.get() != 0;
    int size = in.getInt();
    long position = in.getLong();
    return new DirectoryInode(
        metadata,
        size == 0 ? NameMap.empty() : new LazyNames<>(Names.DOT, size, directories, position),
        hasLinks);
  }

  private static long[] numbers(ByteBuffer in) {
    long[] numbers = new long[in.getInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.getLong();
    }
    return numbers;
  }

  private static Metadata metadata(ByteBuffer in) {
    int mode = in.getShort();
    long uid = Integer.toUnsignedLong(in.getInt());
    long gid = Integer.toUnsignedLong(in.getInt());
    long seconds = in.getLong();
    Instant mtime = Instant.ofEpochSecond(seconds, in.getInt());
    return new Metadata(mode, uid, gid, mtime, xattrs(in));
  }

  private static Xattrs xattrs(ByteBuffer in) {
    int count = in.getInt();
    if (count == 0) {
      return Xattrs.empty();
    }
    Map<String, byte[]> values = new HashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(FileNames.decode(bytes(in)), bytes(in));
    }
    return Xattrs.of(values);
  }
}
