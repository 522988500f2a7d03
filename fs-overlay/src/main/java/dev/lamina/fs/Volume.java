// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A live tree with all that decides what an operation on it does: who acts, the clock, whether it
 * may be written, whether it is open. What works on paths starts here.
 */
final class Volume {
  private static final AtomicLong LAST_ID = new AtomicLong();

  final LiveTree tree;
  final User user;
  final int umask;
  private final Clock clock;
  private final boolean readOnly;
  private final String refusedPrefix;
  final Principals principals = new Principals(this);
  final Watchers watchers = new Watchers();
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final long id = LAST_ID.incrementAndGet();
  private volatile boolean closed;

  Volume(OverlayFileSystem.Builder settings) {
    this.tree = new LiveTree(settings.base, new Spill(settings.tempFolder, settings.threshold));
    this.user = settings.user;
    this.umask = settings.umask;
    this.clock = settings.clock;
    this.readOnly = settings.readOnly;
    this.refusedPrefix = settings.refusedPrefix;
  }

  /** An operation that changes names or attributes. */
  interface Edit<T> {
    T run() throws IOException;
  }

  <T> T edit(Edit<T> edit) throws IOException {
    checkWritable();
    tree.lock.writeLock().lock();
    try {
      checkOpen();
      return edit.run();
    } finally {
      tree.lock.writeLock().unlock();
    }
  }

  /** A number no other file system in this JVM has. */
  long id() {
    return id;
  }

  Instant now() {
    return clock.instant();
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  boolean isReadOnly() {
    return readOnly;
  }

  boolean isOpen() {
    return !closed;
  }

  void checkOpen() {
    if (closed) {
      throw new ClosedFileSystemException();
    }
  }

  void checkWritable() {
    checkOpen();
    if (readOnly) {
      throw new ReadOnlyFileSystemException();
    }
  }

  /** Remembers what has to be closed with the file system. */
  void opened(Closeable resource) throws IOException {
    open.add(resource);
    if (closed) {
      resource.close();
      throw new ClosedFileSystemException();
    }
  }

  void closed(Closeable resource) {
    open.remove(resource);
  }

  void close() throws IOException {
    closed = true;
    IOException failed = null;
    for (Closeable resource : open) {
      try {
        resource.close();
      } catch (IOException e) {
        failed = e;
      }
    }
    open.clear();
    if (failed != null) {
      throw failed;
    }
  }

  /** What a path leads to; the last name may be missing. */
  Located locate(OverlayPath path, boolean follow) throws FileSystemException {
    checkOpen();
    return new Resolver(tree, Resolver.Missing.FAIL, user).locate(path.rawNames(), follow, path);
  }

  /** What a path leads to, which must exist. */
  Located require(OverlayPath path, boolean follow) throws FileSystemException {
    Located found = locate(path, follow);
    if (!found.exists()) {
      throw new NoSuchFileException(path.toString());
    }
    return found;
  }

  /** The inode a path leads to. */
  Inode inode(OverlayPath path, boolean follow) throws FileSystemException {
    Inode inode = locate(path, follow).inode();
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    return inode;
  }

  /** The directory a name is to be put into or taken out of, made ours. Under the lock. */
  Place ownParent(Located found, OverlayPath path) throws FileSystemException {
    byte[][] names = found.names();
    DirectoryInode parent = found.parent();
    if (parent == null) {
      throw new FileSystemException(path.toString(), null, "the root cannot be replaced");
    }
    if (!user.mayEdit(parent)) {
      throw new AccessDeniedException(path.toString());
    }
    return tree.ownDirectory(names, names.length - 1, path);
  }

  /** Makes the inode that was found ours to change. Under the lock. */
  Cell own(Located found, OverlayPath path) throws FileSystemException {
    byte[][] names = found.names();
    return names.length == 0
        ? tree.ownDirectory(names, 0, path).cell()
        : tree.own(tree.ownDirectory(names, names.length - 1, path), found.name());
  }

  /** A directory's children have changed. */
  void touch(Place directory, Instant now) {
    Cell cell = directory.cell();
    cell.set(cell.inode().withMtime(now), nanos(now));
  }

  /** The inode after its content was changed: others than root lose setuid and setgid. */
  Inode written(Inode inode, Instant now) {
    int special = inode.mode() & 06000;
    if (special == 0 || user.mayEverything()) {
      return inode.withMtime(now);
    }
    int lost = 04000 | ((inode.mode() & 0010) != 0 ? 02000 : 0);
    return inode.withAttributes(inode.attributes.withMode(inode.mode() & ~lost)).withMtime(now);
  }

  /** Tells those who watch the directory of what was found. */
  void changed(Located found, ChangeKind kind) {
    watchers.changed(found.names(), kind);
  }

  /** Refuses names that no file may have. */
  void checkName(byte[] name, OverlayPath path) throws FileSystemException {
    if (name.length > 255) {
      throw new FileSystemException(
          path.toString(), null, "name of " + name.length + " bytes: at most 255 are allowed");
    }
    if (!refusedPrefix.isEmpty() && FileNames.decode(name).startsWith(refusedPrefix)) {
      throw new FileSystemException(
          path.toString(), null, "names that begin with " + refusedPrefix + " are reserved");
    }
  }

  /** Attributes of a new inode in a directory, whose group it gets if that is setgid. */
  Metadata newMetadata(DirectoryInode parent, int mode, boolean directory, Instant now) {
    boolean inherits = (parent.mode() & 02000) != 0;
    int bits = mode & ~umask & (directory ? 01777 : 07777);
    if (inherits && directory) {
      bits |= 02000;
    } else if (inherits
        && (bits & 02010) == 02010
        && !user.mayEverything()
        && !user.isIn(parent.gid())) {
      bits &= ~02000; // nobody may run it as a group he is not in
    }
    long gid = inherits ? parent.gid() : user.gid();
    return new Metadata(bits, user.uid(), gid, now, Xattrs.empty());
  }

  /** The names of a path without dots, and without links if they are followed. It must exist. */
  byte[][] realNames(OverlayPath path, boolean follow) throws FileSystemException {
    if (follow) {
      return require(path, true).names();
    }
    List<byte[]> names = new ArrayList<>();
    for (byte[] name : path.rawNames()) {
      if (!Names.isDots(name)) {
        names.add(name);
      } else if (name.length == 2 && !names.isEmpty()) {
        names.remove(names.size() - 1);
      }
    }
    byte[][] real = names.toArray(Names.NONE);
    Located ignored = require(new OverlayPath(path.getFileSystem(), true, real), false);
    return real;
  }
}
