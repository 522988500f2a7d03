// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/** A leaf of a {@link NameMap}: names and values in parallel, sorted. */
final class NameLeaf<V> extends NameMap<V> {
  static final NameLeaf<Object> EMPTY = new NameLeaf<>(Names.NONE, new Object[0]);

  final byte[][] names;
  final Object[] values;

  NameLeaf(byte[][] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  @Override
  int size() {
    return names.length;
  }

  @Override
  int width() {
    return names.length;
  }

  @Override
  byte[] firstName() {
    return names[0];
  }

  @SuppressWarnings("unchecked")
  V value(int i) {
    return (V) values[i];
  }

  @Override
  @Nullable
  V get(byte[] name) {
    int i = Names.search(names, name);
    return i < 0 ? null : value(i);
  }

  @Override
  void forEach(BiConsumer<byte[], V> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], value(i));
    }
  }

  @Override
  NameMap<V> put(byte[] name, V value) {
    int i = Names.search(names, name);
    if (i >= 0) {
      Object[] copy = values.clone();
      copy[i] = value;
      return new NameLeaf<>(names, copy);
    }
    int at = -i - 1;
    return new NameLeaf<>(
        insert(names, new byte[names.length + 1][], at, name), insert(values, at, value));
  }

  private static byte[][] insert(byte[][] from, byte[][] to, int at, byte[] name) {
    System.arraycopy(from, 0, to, 0, at);
    to[at] = name;
    System.arraycopy(from, at, to, at + 1, from.length - at);
    return to;
  }

  private static Object[] insert(Object[] from, int at, Object value) {
    Object[] to = new Object[from.length + 1];
    System.arraycopy(from, 0, to, 0, at);
    to[at] = value;
    System.arraycopy(from, at, to, at + 1, from.length - at);
    return to;
  }

  @Override
  NameMap<V> remove(byte[] name) {
    int i = Names.search(names, name);
    if (i < 0) {
      return this;
    }
    int n = names.length - 1;
    if (n == 0) {
      return empty();
    }
    byte[][] newNames = Arrays.copyOf(names, n);
    Object[] newValues = Arrays.copyOf(values, n);
    System.arraycopy(names, i + 1, newNames, i, n - i);
    System.arraycopy(values, i + 1, newValues, i, n - i);
    return new NameLeaf<>(newNames, newValues);
  }

  private NameLeaf<V> part(int from, int to) {
    return new NameLeaf<>(
        Arrays.copyOfRange(names, from, to), Arrays.copyOfRange(values, from, to));
  }

  /** In the middle; but names that come in ascending order leave full leaves behind. */
  @Override
  NameBranch<V> split(byte[] inserted) {
    int last = names.length - 1;
    int at = names[last] == inserted ? last : names.length / 2;
    return NameBranch.of(part(0, at), part(at, names.length));
  }

  @Override
  NameMap<V> join(NameMap<V> next) {
    NameLeaf<V> leaf = (NameLeaf<V>) next.loaded();
    int n = names.length;
    byte[][] bothNames = Arrays.copyOf(names, n + leaf.names.length);
    Object[] bothValues = Arrays.copyOf(values, n + leaf.names.length);
    System.arraycopy(leaf.names, 0, bothNames, n, leaf.names.length);
    System.arraycopy(leaf.values, 0, bothValues, n, leaf.names.length);
    return new NameLeaf<>(bothNames, bothValues);
  }
}
