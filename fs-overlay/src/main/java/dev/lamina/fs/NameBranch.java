// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/** A branch of a {@link NameMap}: children of one height, each with the first name below it. */
final class NameBranch<V> extends NameMap<V> {
  /** Below this width a node is joined with its neighbour, if both fit in one. */
  private static final int NARROW = WIDTH / 4;

  private final byte[][] firsts;
  private final NameMap<V>[] children;
  private final int size;

  NameBranch(NameMap<V>[] children) {
    this.children = children;
    this.firsts = new byte[children.length][];
    int total = 0;
    for (int i = 0; i < children.length; i++) {
      firsts[i] = children[i].firstName();
      total += children[i].size();
    }
    this.size = total;
  }

  @SuppressWarnings("unchecked")
  static <V> NameMap<V>[] array(int n) {
    return (NameMap<V>[]) new NameMap<?>[n];
  }

  static <V> NameBranch<V> of(NameMap<V> left, NameMap<V> right) {
    NameMap<V>[] two = array(2);
    two[0] = left;
    two[1] = right;
    return new NameBranch<>(two);
  }

  static <V> NameMap<V> build(byte[][] names, Object[] values, int n) {
    if (n <= WIDTH) {
      return n == 0
          ? empty()
          : new NameLeaf<>(Arrays.copyOf(names, n), Arrays.copyOf(values, n, Object[].class));
    }
    List<NameMap<V>> level = new ArrayList<>();
    for (int i = 0; i < n; i += WIDTH) {
      int end = Math.min(n, i + WIDTH);
      level.add(
          new NameLeaf<>(
              Arrays.copyOfRange(names, i, end),
              Arrays.copyOfRange(values, i, end, Object[].class)));
    }
    while (level.size() > 1) {
      List<NameMap<V>> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += WIDTH) {
        List<NameMap<V>> part = level.subList(i, Math.min(level.size(), i + WIDTH));
        above.add(new NameBranch<>(part.toArray(array(0))));
      }
      level = above;
    }
    return level.get(0);
  }

  NameMap<V> child(int i) {
    return children[i];
  }

  @Override
  int size() {
    return size;
  }

  @Override
  int width() {
    return children.length;
  }

  @Override
  byte[] firstName() {
    return firsts[0];
  }

  /** Which child {@code name} is in, or belongs to. */
  private int indexOf(byte[] name) {
    int i = Names.search(firsts, name);
    return i >= 0 ? i : Math.max(0, -i - 2);
  }

  @Override
  @Nullable
  V get(byte[] name) {
    return children[indexOf(name)].get(name);
  }

  @Override
  void forEach(BiConsumer<byte[], V> action) {
    for (NameMap<V> child : children) {
      child.forEach(action);
    }
  }

  @Override
  NameMap<V> put(byte[] name, V value) {
    int i = indexOf(name);
    NameMap<V> child = children[i].put(name, value);
    if (child.width() <= WIDTH) {
      return withChild(i, child);
    }
    NameBranch<V> two = child.split(name);
    NameMap<V>[] copy = array(children.length + 1);
    System.arraycopy(children, 0, copy, 0, i);
    copy[i] = two.children[0];
    copy[i + 1] = two.children[1];
    System.arraycopy(children, i + 1, copy, i + 2, children.length - i - 1);
    return new NameBranch<>(copy);
  }

  private NameBranch<V> withChild(int i, NameMap<V> child) {
    NameMap<V>[] copy = children.clone();
    copy[i] = child;
    return new NameBranch<>(copy);
  }

  @Override
  NameMap<V> remove(byte[] name) {
    int i = indexOf(name);
    NameMap<V> child = children[i].remove(name);
    if (child == children[i]) {
      return this;
    }
    if (child.width() >= NARROW) {
      return withChild(i, child);
    }
    if (child.width() == 0) {
      return children.length == 1 ? empty() : withoutChild(i, children);
    }
    NameMap<V>[] copy = children.clone();
    copy[i] = child;
    int left = i > 0 ? i - 1 : i;
    if (left + 1 < copy.length && copy[left].width() + copy[left + 1].width() <= WIDTH) {
      copy[left] = copy[left].join(copy[left + 1]);
      return withoutChild(left + 1, copy);
    }
    return new NameBranch<>(copy);
  }

  private static <V> NameBranch<V> withoutChild(int i, NameMap<V>[] from) {
    NameMap<V>[] fewer = array(from.length - 1);
    System.arraycopy(from, 0, fewer, 0, i);
    System.arraycopy(from, i + 1, fewer, i, fewer.length - i);
    return new NameBranch<>(fewer);
  }

  @Override
  NameBranch<V> split(byte[] inserted) {
    int last = children.length - 1;
    boolean ascending = Arrays.compareUnsigned(inserted, firsts[last]) >= 0;
    int at = ascending ? last : children.length / 2;
    return of(
        new NameBranch<>(Arrays.copyOf(children, at)),
        new NameBranch<>(Arrays.copyOfRange(children, at, children.length)));
  }

  @Override
  NameMap<V> join(NameMap<V> next) {
    NameBranch<V> branch = (NameBranch<V>) next.loaded();
    NameMap<V>[] both = Arrays.copyOf(children, children.length + branch.children.length);
    System.arraycopy(branch.children, 0, both, children.length, branch.children.length);
    return new NameBranch<>(both);
  }
}
