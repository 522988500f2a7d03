// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import javax.annotation.Nullable;

/**
 * Finds what a path leads to, as Linux does: links and {@code ..} where they are met, absolute
 * links from this root, {@code ..} at the root stays there, at most 40 links. It never leaves the
 * tree.
 */
final class Resolver {
  static final int MAX_LINKS = 40;

  /** What to do about a name that isn't there and isn't the last one. */
  enum Missing {
    /** Throw {@link NoSuchFileException}. */
    FAIL,
    /** Go on by the names alone, as for a path whose directories are yet to be made. */
    KEEP
  }

  private final LinkSource tree;
  private final Missing missing;
  private final Access access;

  Resolver(LinkSource tree, Missing missing, Access access) {
    this.tree = tree;
    this.missing = missing;
    this.access = access;
  }

  /**
   * Looks {@code path} up.
   *
   * @param follow whether a link in the last place is followed
   * @param shown names the path in exceptions
   */
  Located locate(byte[][] path, boolean follow, Object shown) throws FileSystemException {
    Entry entry = tree.rootEntry();
    Inode inode = inode(entry);
    DirectoryInode parent = null;
    int last = path.length - 1;
    for (int i = 0; i <= last; i++) {
      byte[] name = path[i];
      DirectoryInode directory = directory(inode, shown);
      Entry child = directory.get(name);
      Inode childInode = child == null ? null : child.inodeOrNull(tree.links());
      if (childInode == null) {
        if (Names.isDots(name) || (i < last && missing == Missing.KEEP)) {
          return walk(path, follow, shown);
        }
        if (i < last) {
          throw new NoSuchFileException(shown.toString());
        }
        return new Located(path, directory, null, null);
      }
      if (childInode instanceof SymlinkInode && (follow || i < last)) {
        return walk(path, follow, shown);
      }
      parent = directory;
      entry = child;
      inode = childInode;
    }
    return new Located(path, parent, entry, inode);
  }

  private Inode inode(Entry entry) {
    Inode inode = entry.inodeOrNull(tree.links());
    if (inode == null) {
      throw new IllegalStateException("dangling root");
    }
    return inode;
  }

  private DirectoryInode directory(@Nullable Inode inode, Object shown) throws FileSystemException {
    if (!(inode instanceof DirectoryInode directory)) {
      throw new NotDirectoryException(shown.toString());
    }
    if (!access.maySearch(directory)) {
      throw new AccessDeniedException(shown.toString());
    }
    return directory;
  }

  /** The general case: a stack of what was passed, and the names that are still to come. */
  private Located walk(byte[][] path, boolean follow, Object shown) throws FileSystemException {
    Deque<byte[]> todo = new ArrayDeque<>(Arrays.asList(path));
    List<byte[]> names = new ArrayList<>();
    List<Located> stack = new ArrayList<>();
    Entry root = tree.rootEntry();
    Located here = new Located(Names.NONE, null, root, inode(root));
    int hops = 0;
    while (!todo.isEmpty()) {
      byte[] name = todo.removeFirst();
      DirectoryInode directory = null;
      if (here.exists()) {
        directory = directory(here.inode(), shown);
      } else if (missing == Missing.FAIL) {
        throw new NoSuchFileException(shown.toString());
      }
      if (Names.isDots(name)) {
        if (name.length == 2 && !stack.isEmpty()) {
          here = stack.remove(stack.size() - 1);
          names.remove(names.size() - 1);
        }
        continue;
      }
      Entry child = directory == null ? null : directory.get(name);
      Inode inode = child == null ? null : child.inodeOrNull(tree.links());
      if (inode instanceof SymlinkInode link && (follow || !todo.isEmpty())) {
        if (++hops > MAX_LINKS) {
          throw new FileSystemLoopException(shown.toString());
        }
        if (push(todo, link.rawTarget, shown)) {
          here = stack.isEmpty() ? here : stack.get(0);
          stack.clear();
          names.clear();
        }
        continue;
      }
      stack.add(here);
      names.add(name);
      here = new Located(Names.NONE, directory, inode == null ? null : child, inode);
    }
    return new Located(names.toArray(Names.NONE), here.parent(), here.entry(), here.inode());
  }

  /** Puts the names of a link's target in front of the others; true if they begin at the root. */
  private static boolean push(Deque<byte[]> todo, byte[] target, Object shown)
      throws FileSystemException {
    if (target.length == 0) {
      throw new NoSuchFileException(shown.toString(), null, "empty symbolic link");
    }
    int end = target.length;
    if (target[end - 1] == '/') {
      todo.addFirst(Names.DOT); // what it leads to must be a directory
    }
    for (int i = end - 1; i >= -1; i--) {
      if (i == -1 || target[i] == '/') {
        if (i + 1 < end) {
          todo.addFirst(Arrays.copyOfRange(target, i + 1, end));
        }
        end = i;
      }
    }
    return target[0] == '/';
  }
}
