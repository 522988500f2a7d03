// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * What a layer changes: a list of {@link Change}s. {@link FileTree#diff} makes it, {@link
 * FileTree#apply} lays it over a tree.
 *
 * <p>The list is in the order it was made in. That of a diff is the order of a walk, where the
 * removals in a directory come before what is put into it; it is the same on every machine. When
 * changes are applied, all removals act first, on the lower tree alone; the rest acts in order.
 *
 * <p>Immutable and thread-safe.
 */
public final class Changes implements Iterable<Change> {
  private static final Changes NONE = new Changes(List.of());

  private final List<Change> list;

  private Changes(List<Change> list) {
    this.list = list;
  }

  /** Returns no changes. */
  public static Changes none() {
    return NONE;
  }

  /** Returns these changes, in this order. */
  public static Changes of(Change... changes) {
    return of(List.of(changes));
  }

  /** Returns these changes, in this order. */
  public static Changes of(List<Change> changes) {
    return changes.isEmpty() ? NONE : new Changes(List.copyOf(changes));
  }

  /** Returns a builder with nothing in it. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns whether there are none. */
  public boolean isEmpty() {
    return list.isEmpty();
  }

  /** Returns how many there are. */
  public int size() {
    return list.size();
  }

  /** Returns the changes in order. */
  public List<Change> asList() {
    return list;
  }

  /** Returns the changes in order. */
  public Stream<Change> stream() {
    return list.stream();
  }

  @Override
  public Iterator<Change> iterator() {
    return list.iterator();
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Changes other && list.equals(other.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  /** Returns the changes, one a line. */
  @Override
  public String toString() {
    return list.stream().map(Change::toString).collect(Collectors.joining("\n"));
  }

  /** Collects changes. Not thread-safe. */
  public static final class Builder {
    private final List<Change> list = new ArrayList<>();

    private Builder() {}

    /** Adds a change behind the others. */
    @CanIgnoreReturnValue
    public Builder add(Change change) {
      list.add(change);
      return this;
    }

    /** Adds a {@link Change.Put}. */
    @CanIgnoreReturnValue
    public Builder put(TreePath path, Node node) {
      return add(new Change.Put(path, node));
    }

    /** Adds a {@link Change.Link}. */
    @CanIgnoreReturnValue
    public Builder link(TreePath path, TreePath target) {
      return add(new Change.Link(path, target));
    }

    /** Adds a {@link Change.Remove}. */
    @CanIgnoreReturnValue
    public Builder remove(TreePath path) {
      return add(new Change.Remove(path));
    }

    /** Adds a {@link Change.Clear}. */
    @CanIgnoreReturnValue
    public Builder clear(TreePath path) {
      return add(new Change.Clear(path));
    }

    /** Returns what was added so far. */
    public Changes build() {
      return of(list);
    }
  }
}
