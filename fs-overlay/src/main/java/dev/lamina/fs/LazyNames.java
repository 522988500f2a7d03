// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/**
 * A node of a {@link NameMap} that is read when somebody first looks into it. From then on it is
 * the same leaf or branch for everybody, so maps that share it are still known to.
 */
final class LazyNames<V> extends NameMap<V> {
  private static final int UNKNOWN = -1;

  private final byte[] firstName;
  private final int size;
  private final long position;
  private final Source<V> source;
  private volatile @Nullable NameMap<V> node;

  /** Where nodes are read. */
  interface Source<V> {
    /** Returns the leaf or branch at a position; what hangs below a branch may be lazy again. */
    NameMap<V> read(long position);
  }

  /**
   * Makes a node of what is known of it beforehand.
   *
   * @param size the number of entries below, at least one
   */
  LazyNames(byte[] firstName, int size, Source<V> source, long position) {
    this.firstName = firstName;
    this.size = size;
    this.source = source;
    this.position = position;
  }

  /** Makes the topmost node of a directory of which nothing is known beforehand. */
  LazyNames(Source<V> source) {
    this(Names.DOT, UNKNOWN, source, 0);
  }

  @Override
  NameMap<V> loaded() {
    NameMap<V> known = node;
    return known == null ? load() : known;
  }

  private synchronized NameMap<V> load() {
    NameMap<V> known = node;
    if (known == null) {
      known = source.read(position);
      if (size != UNKNOWN && known.size() != size) {
        throw new IllegalStateException("stored tree: expected " + size + " names at " + position);
      }
      node = known;
    }
    return known;
  }

  @Override
  int size() {
    return size == UNKNOWN ? loaded().size() : size;
  }

  @Override
  byte[] firstName() {
    return firstName;
  }

  @Override
  @Nullable
  V get(byte[] name) {
    return loaded().get(name);
  }

  @Override
  void forEach(BiConsumer<byte[], V> action) {
    loaded().forEach(action);
  }

  @Override
  NameMap<V> put(byte[] name, V value) {
    return loaded().put(name, value);
  }

  @Override
  NameMap<V> remove(byte[] name) {
    NameMap<V> now = loaded();
    NameMap<V> changed = now.remove(name);
    return changed == now ? this : changed;
  }

  @Override
  int width() {
    return loaded().width();
  }

  @Override
  NameBranch<V> split(byte[] inserted) {
    return loaded().split(inserted);
  }

  @Override
  NameMap<V> join(NameMap<V> next) {
    return loaded().join(next);
  }
}
