// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;

/**
 * An absolute, normalised path inside a {@link FileTree}, such as {@code /etc/hosts}.
 *
 * <p>Cleaning is lexical: {@code .} and empty names vanish, {@code ..} takes the name before it
 * away and stops at the root. So a path cannot lead out of its tree, whatever it was made from.
 * Names are bytes; as strings they are written as {@link FileNames} says. Order is the order of a
 * walk: a directory before what is in it, siblings by the unsigned bytes of their names.
 *
 * <p>Immutable and thread-safe.
 */
public final class TreePath implements Comparable<TreePath> {
  private static final byte[][] NO_NAMES = {};
  private static final byte[] DOT = {'.'};
  private static final byte[] DOT_DOT = {'.', '.'};

  /** The root, {@code /}. */
  public static final TreePath ROOT = new TreePath(NO_NAMES);

  private final byte[][] names;
  private int hash; // 0: not computed yet
  private @Nullable String text;

  private TreePath(byte[][] names) {
    this.names = names;
  }

  /**
   * Returns the path that {@code path} names, seen from the root whether it starts with a slash or
   * not.
   *
   * @throws InvalidPathException if it holds a NUL or a lone surrogate that is no escaped byte
   */
  public static TreePath of(String path) {
    return ofBytes(FileNames.encode(path));
  }

  /**
   * Returns the path that {@code path} names, as {@link #of} does for a string.
   *
   * @throws InvalidPathException if it holds a NUL
   */
  public static TreePath ofBytes(byte[] path) {
    return ofNames(clean(NO_NAMES, path));
  }

  static TreePath ofNames(byte[][] names) {
    return names.length == 0 ? ROOT : new TreePath(names);
  }

  private static byte[][] clean(byte[][] start, byte[] path) {
    List<byte[]> names = new ArrayList<>(Arrays.asList(start));
    int begin = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i < path.length && path[i] == 0) {
        throw new InvalidPathException(FileNames.decode(path), "NUL in a path", i);
      }
      if (i == path.length || path[i] == '/') {
        if (i > begin) {
          add(names, Arrays.copyOfRange(path, begin, i));
        }
        begin = i + 1;
      }
    }
    return names.toArray(NO_NAMES);
  }

  private static void add(List<byte[]> names, byte[] name) {
    if (Arrays.equals(name, DOT)) {
      return;
    }
    if (!Arrays.equals(name, DOT_DOT)) {
      names.add(name);
    } else if (!names.isEmpty()) {
      names.remove(names.size() - 1);
    }
  }

  /** Returns whether this is the root. */
  public boolean isRoot() {
    return names.length == 0;
  }

  /** Returns the number of names, 0 for the root. */
  public int depth() {
    return names.length;
  }

  /** Returns the last name, or the empty string for the root. */
  public String name() {
    return isRoot() ? "" : FileNames.decode(names[names.length - 1]);
  }

  /** Returns the path without its last name; the root is its own parent. */
  public TreePath parent() {
    return isRoot() ? this : ofNames(Arrays.copyOf(names, names.length - 1));
  }

  /** Returns the names from the root down. */
  public List<String> names() {
    List<String> list = new ArrayList<>(names.length);
    for (byte[] name : names) {
      list.add(FileNames.decode(name));
    }
    return List.copyOf(list);
  }

  /**
   * Returns the path that {@code path} names seen from here: a name, a relative path, or an
   * absolute path, which stands for itself.
   *
   * @throws InvalidPathException as {@link #of} does
   */
  public TreePath resolve(String path) {
    return path.startsWith("/") ? of(path) : ofNames(clean(names, FileNames.encode(path)));
  }

  /**
   * Returns the path of the entry called {@code name} in this directory.
   *
   * @param name a name's bytes, kept: nobody may change them any more
   * @throws IllegalArgumentException if no entry can be called that: it is empty, {@code .} or
   *     {@code ..}, or holds a slash or NUL
   */
  public TreePath resolveName(byte[] name) {
    if (!Names.isName(name)) {
      throw new IllegalArgumentException(
          "name: expected one that an entry can have, found \"" + FileNames.decode(name) + '"');
    }
    return child(name);
  }

  /** As {@link #resolveName}, of a name that is one. */
  TreePath child(byte[] name) {
    return new TreePath(Names.append(names, name));
  }

  /** Returns whether this is {@code prefix} or lies below it. */
  public boolean startsWith(TreePath prefix) {
    return Names.startsWith(names, prefix.names);
  }

  /**
   * Returns this path, which lies below {@code from}, moved below {@code to}.
   *
   * @throws IllegalArgumentException if it doesn't start with {@code from}
   */
  public TreePath rebase(TreePath from, TreePath to) {
    if (!startsWith(from)) {
      throw new IllegalArgumentException(this + " does not start with " + from);
    }
    int below = names.length - from.names.length;
    byte[][] moved = Arrays.copyOf(to.names, to.names.length + below);
    System.arraycopy(names, from.names.length, moved, to.names.length, below);
    return ofNames(moved);
  }

  /** Returns the bytes of the path, with a leading slash. */
  public byte[] toBytes() {
    return FileNames.encode(toString());
  }

  /** The names themselves; not to be changed. */
  byte[][] rawNames() {
    return names;
  }

  @Override
  public int compareTo(TreePath other) {
    return Arrays.compare(names, other.names, Arrays::compareUnsigned);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof TreePath path
        && hashCode() == path.hashCode()
        && Arrays.deepEquals(names, path.names);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.deepHashCode(names);
    }
    return hash;
  }

  /** Returns the path as a string, {@code /etc/hosts}. */
  @Override
  public String toString() {
    String t = text;
    if (t == null) {
      text = t = Names.join(names, true);
    }
    return t;
  }
}
