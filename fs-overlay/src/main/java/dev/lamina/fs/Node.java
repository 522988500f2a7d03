// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * An inode of a {@link FileTree}: its attributes, and what its kind adds. It knows neither its name
 * nor its place.
 *
 * <p>Two nodes are equal if their kind, attributes and what they hold are; contents are compared
 * with {@code equals}, directories by their own attributes and their children.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Node
    permits Node.Directory, Node.File, Node.Symlink, Node.Device, Node.Fifo, Node.Socket {

  /** Returns the attributes. */
  Metadata metadata();

  /** Returns permission bits, setuid, setgid and sticky: 0 to 07777. */
  int mode();

  /** Returns the owner, 0 to 4294967295. */
  long uid();

  /** Returns the group, 0 to 4294967295. */
  long gid();

  /** Returns the time of the last modification. */
  Instant mtime();

  /** Returns the extended attributes. */
  Xattrs xattrs();

  /** Returns the same node with other attributes. */
  Node withMetadata(Metadata metadata);

  /** Returns what {@code visitor} makes of this kind of node. */
  <T> T accept(Visitor<T> visitor);

  /**
   * Returns what a host file is, with the attributes that {@link FileTree#ofFolder} keeps. A link
   * is not followed, a directory comes without what is in it, and a file's content stays where it
   * is: it must not change for as long as the node is used.
   *
   * @param file of a file system that has the attribute view {@code unix}
   * @throws java.nio.file.NoSuchFileException if there is nothing
   */
  static Node ofFile(Path file) throws IOException {
    return HostFile.read(file).node();
  }

  /** Returns an empty directory. */
  static Directory directory(Metadata metadata) {
    return new DirectoryView(new DirectoryInode(metadata), LinkTable.EMPTY);
  }

  /** Returns a regular file. */
  static File file(Metadata metadata, Content content) {
    return new FileInode(metadata, content);
  }

  /**
   * Returns a symbolic link.
   *
   * @param target where it points, kept as it is; see {@link FileNames} for its bytes
   */
  static Symlink symlink(Metadata metadata, String target) {
    return new SymlinkInode(metadata, FileNames.encode(target));
  }

  /**
   * Returns a device.
   *
   * @param block true for a block device, false for a character device
   */
  static Device device(Metadata metadata, boolean block, int major, int minor) {
    return new SpecialInode.DeviceInode(metadata, block, major, minor);
  }

  /** Returns a named pipe. */
  static Fifo fifo(Metadata metadata) {
    return new SpecialInode.FifoInode(metadata);
  }

  /** Returns a socket. */
  static Socket socket(Metadata metadata) {
    return new SpecialInode.SocketInode(metadata);
  }

  /** A directory. */
  sealed interface Directory extends Node permits DirectoryView {
    /** Returns the number of children. */
    int size();

    /** Returns the child called {@code name}. */
    Optional<Node> child(String name);

    /** Gives every child and its name to {@code action}, in byte order of the names. */
    void forEach(BiConsumer<String, Node> action);

    /** Returns the names of the children in byte order. */
    Iterable<String> names();

    @Override
    Directory withMetadata(Metadata metadata);

    @Override
    default <T> T accept(Visitor<T> visitor) {
      return visitor.directory(this);
    }
  }

  /** A regular file. */
  sealed interface File extends Node permits FileInode {
    /** Returns the bytes. */
    Content content();

    /** Returns the number of bytes. */
    long size();

    @Override
    File withMetadata(Metadata metadata);

    @Override
    default <T> T accept(Visitor<T> visitor) {
      return visitor.file(this);
    }
  }

  /** A symbolic link. */
  sealed interface Symlink extends Node permits SymlinkInode {
    /** Returns where it points, as it was written. */
    String target();

    @Override
    Symlink withMetadata(Metadata metadata);

    @Override
    default <T> T accept(Visitor<T> visitor) {
      return visitor.symlink(this);
    }
  }

  /** A block or character device. */
  sealed interface Device extends Node permits SpecialInode.DeviceInode {
    /** Returns true for a block device, false for a character device. */
    boolean isBlock();

    /** Returns the major number. */
    int major();

    /** Returns the minor number. */
    int minor();

    @Override
    Device withMetadata(Metadata metadata);

    @Override
    default <T> T accept(Visitor<T> visitor) {
      return visitor.device(this);
    }
  }

  /** A named pipe. */
  sealed interface Fifo extends Node permits SpecialInode.FifoInode {
    @Override
    Fifo withMetadata(Metadata metadata);

    @Override
    default <T> T accept(Visitor<T> visitor) {
      return visitor.fifo(this);
    }
  }

  /** A socket. */
  sealed interface Socket extends Node permits SpecialInode.SocketInode {
    @Override
    Socket withMetadata(Metadata metadata);

    @Override
    default <T> T accept(Visitor<T> visitor) {
      return visitor.socket(this);
    }
  }

  /**
   * One method for each kind of node.
   *
   * @param <T> what the methods return
   */
  interface Visitor<T> {
    /** Visits a directory. */
    T directory(Directory directory);

    /** Visits a regular file. */
    T file(File file);

    /** Visits a symbolic link. */
    T symlink(Symlink symlink);

    /** Visits a device. */
    T device(Device device);

    /** Visits a named pipe. */
    T fifo(Fifo fifo);

    /** Visits a socket. */
    T socket(Socket socket);
  }
}
