// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * The extended attributes of one inode: full names ({@code user.mime}, {@code security.capability})
 * to bytes.
 *
 * <p>Immutable and thread-safe; values are copied on their way in and out. Names follow {@link
 * FileNames}.
 */
public final class Xattrs {
  private static final Xattrs EMPTY = new Xattrs(new TreeMap<>());

  private final SortedMap<String, byte[]> values; // never changed after construction

  private Xattrs(SortedMap<String, byte[]> values) {
    this.values = values;
  }

  /** Returns the set with nothing in it. */
  public static Xattrs empty() {
    return EMPTY;
  }

  /** Returns attributes with the given names and values. */
  public static Xattrs of(Map<String, byte[]> attributes) {
    if (attributes.isEmpty()) {
      return EMPTY;
    }
    SortedMap<String, byte[]> values = new TreeMap<>(FileNames.byteOrder());
    attributes.forEach((name, value) -> values.put(name, value.clone()));
    return new Xattrs(values);
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Returns the names in byte order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** Returns a copy of the value of {@code name}. */
  public Optional<byte[]> get(String name) {
    return Optional.ofNullable(values.get(name)).map(byte[]::clone);
  }

  /** Returns these attributes with {@code name} set to a copy of {@code value}. */
  public Xattrs with(String name, byte[] value) {
    SortedMap<String, byte[]> copy = copy();
    copy.put(name, value.clone());
    return new Xattrs(copy);
  }

  /** Returns these attributes without {@code name}. */
  public Xattrs without(String name) {
    if (!values.containsKey(name)) {
      return this;
    }
    SortedMap<String, byte[]> copy = copy();
    copy.remove(name);
    return copy.isEmpty() ? EMPTY : new Xattrs(copy);
  }

  private SortedMap<String, byte[]> copy() {
    SortedMap<String, byte[]> copy = new TreeMap<>(FileNames.byteOrder());
    copy.putAll(values);
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    if (!(o instanceof Xattrs other) || values.size() != other.values.size()) {
      return false;
    }
    for (Map.Entry<String, byte[]> e : values.entrySet()) {
      if (!Arrays.equals(e.getValue(), other.values.get(e.getKey()))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (Map.Entry<String, byte[]> e : values.entrySet()) {
      hash += e.getKey().hashCode() ^ Arrays.hashCode(e.getValue());
    }
    return hash;
  }

  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
