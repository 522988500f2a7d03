// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import javax.annotation.Nullable;

/** Goes through a {@link NameMap} in order; two of them skip what their maps share. */
final class NameCursor<V> {
  private static final int MAX_HEIGHT = 16;

  // The branches above the leaf, the root first, and which child of each we are in.
  private final NameBranch<?>[] branches;
  private final int[] at;
  private int depth;
  private @Nullable NameLeaf<V> leaf;
  private int index;

  NameCursor(NameMap<V> map) {
    int height = map.loaded() instanceof NameLeaf ? 0 : MAX_HEIGHT;
    branches = new NameBranch<?>[height];
    at = new int[height];
    if (!map.isEmpty()) {
      descend(map);
    }
  }

  private void descend(NameMap<V> from) {
    NameMap<V> node = from.loaded();
    while (node instanceof NameBranch<V> branch) {
      branches[depth] = branch;
      at[depth++] = 0;
      node = branch.child(0).loaded();
    }
    leaf = (NameLeaf<V>) node;
    index = 0;
  }

  boolean atEnd() {
    return leaf == null;
  }

  byte[] name() {
    return leaf().names[index];
  }

  V value() {
    return leaf().value(index);
  }

  private NameLeaf<V> leaf() {
    NameLeaf<V> current = leaf;
    if (current == null) {
      throw new IllegalStateException("at the end");
    }
    return current;
  }

  void next() {
    if (++index == leaf().names.length) {
      leave(depth);
    }
  }

  /** Goes on behind the node that hangs below the first {@code levels} branches. */
  @SuppressWarnings("unchecked") // the branches are of this map
  private void leave(int levels) {
    depth = levels;
    while (depth > 0) {
      NameBranch<V> branch = (NameBranch<V>) branches[depth - 1];
      int next = ++at[depth - 1];
      if (next < branch.width()) {
        descend(branch.child(next));
        return;
      }
      depth--;
    }
    leaf = null;
  }

  /** Moves both on for as long as both are at the start of one and the same node. */
  static <V> void skipShared(NameCursor<V> a, NameCursor<V> b) {
    while (a.leaf != null && a.leaf == b.leaf && a.index == 0 && b.index == 0) {
      int up = 0;
      while (a.startsNode(up + 1) && b.startsNode(up + 1) && a.node(up + 1) == b.node(up + 1)) {
        up++;
      }
      a.leave(a.depth - up);
      b.leave(b.depth - up);
    }
  }

  private boolean startsNode(int up) {
    return up <= depth && at[depth - up] == 0;
  }

  private NameBranch<?> node(int up) {
    return branches[depth - up];
  }

  /** Whether {@code a} is before (negative), at the same name as (0) or behind {@code b}. */
  static int compare(NameCursor<?> a, NameCursor<?> b) {
    if (a.atEnd() || b.atEnd()) {
      return a.atEnd() ? b.atEnd() ? 0 : 1 : -1;
    }
    return Arrays.compareUnsigned(a.name(), b.name());
  }
}
