// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.annotation.Nullable;

/** The flags that an instruction knows, without their dashes. Immutable. */
final class KnownFlags {

  /** What may be given for a flag. */
  enum Kind {
    BOOLEAN,
    TEXT,
    LIST
  }

  /** No flag at all: then any flag is an error. */
  static final KnownFlags NONE = new KnownFlags(new TreeMap<>());

  private final SortedMap<String, Kind> kinds;

  private KnownFlags(SortedMap<String, Kind> kinds) {
    this.kinds = kinds;
  }

  /** Returns these and flags that are given or not. */
  KnownFlags booleans(String... names) {
    return with(Kind.BOOLEAN, names);
  }

  /** Returns these and flags with a value. */
  KnownFlags texts(String... names) {
    return with(Kind.TEXT, names);
  }

  /** Returns these and flags with a value that may be given several times. */
  KnownFlags lists(String... names) {
    return with(Kind.LIST, names);
  }

  private KnownFlags with(Kind kind, String... names) {
    SortedMap<String, Kind> more = new TreeMap<>(kinds);
    for (String name : names) {
      more.put(name, kind);
    }
    return new KnownFlags(more);
  }

  /** Returns what may be given for a flag, or null if there is none of that name. */
  @Nullable
  Kind kindOrNull(String name) {
    return kinds.get(name);
  }

  /** Returns the names, sorted. */
  Collection<String> names() {
    return kinds.keySet();
  }
}
