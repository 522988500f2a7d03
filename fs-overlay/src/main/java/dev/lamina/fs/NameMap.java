// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/**
 * A persistent map from names to values, sorted by the unsigned bytes of the names: a B+ tree whose
 * nodes are never changed. A small map is one pair of arrays. A change copies one leaf and the
 * branches above it and shares the rest, which is what makes two versions quick to compare. Parts
 * that stand in a {@link StoredTree} are {@link LazyNames} until somebody looks into them.
 */
abstract sealed class NameMap<V> permits NameLeaf, NameBranch, LazyNames {
  /** How many entries a leaf, and how many children a branch has at most. */
  static final int WIDTH = 32;

  @SuppressWarnings("unchecked")
  static <V> NameMap<V> empty() {
    return (NameMap<V>) NameLeaf.EMPTY;
  }

  /** The map of the first {@code n} names, which must be sorted and distinct. */
  static <V> NameMap<V> ofSorted(byte[][] names, Object[] values, int n) {
    return NameBranch.build(names, values, n);
  }

  abstract int size();

  /** This node as a leaf or a branch, always the same one. */
  NameMap<V> loaded() {
    return this;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  abstract @Nullable V get(byte[] name);

  abstract void forEach(BiConsumer<byte[], V> action);

  /** This map with {@code value} under {@code name}. */
  final NameMap<V> with(byte[] name, V value) {
    NameMap<V> changed = put(name, value);
    return changed.width() <= WIDTH ? changed : changed.split(name);
  }

  /** This map without {@code name}; this map itself if it isn't there. */
  final NameMap<V> without(byte[] name) {
    NameMap<V> changed = remove(name);
    while (changed instanceof NameBranch<V> branch && branch.width() == 1) {
      changed = branch.child(0);
    }
    return changed;
  }

  /** As {@link #with}, but the result may be one too wide. */
  abstract NameMap<V> put(byte[] name, V value);

  /** As {@link #without}, but the result may be too narrow, or empty. */
  abstract NameMap<V> remove(byte[] name);

  /** Number of entries in this leaf, or of children of this branch. */
  abstract int width();

  abstract byte[] firstName();

  /** Cuts a node that is too wide in two; {@code inserted} is the name that made it so. */
  abstract NameBranch<V> split(byte[] inserted);

  /** The two, which are neighbours of the same height, as one node. */
  abstract NameMap<V> join(NameMap<V> next);
}
