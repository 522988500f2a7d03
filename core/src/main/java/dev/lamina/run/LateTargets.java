// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the stubs of mount targets out of changes, as BuildKit does: what is still empty was
 * nobody's intention.
 */
final class LateTargets {
  private LateTargets() {}

  /** Returns the changes without those of {@code targets} that put an empty file or directory. */
  static Changes without(Set<TreePath> targets, Changes changes) {
    if (changes.stream().noneMatch(change -> targets.contains(change.path()))) {
      return changes;
    }
    Set<TreePath> filled = new HashSet<>();
    Deque<Change> kept = new ArrayDeque<>();
    List<Change> list = changes.asList();
    for (int i = list.size() - 1; i >= 0; i--) { // what is in a directory comes behind it
      Change change = list.get(i);
      if (!(targets.contains(change.path()) && isStub(change, filled))) {
        kept.addFirst(change);
        filled.add(change.path().parent());
      }
    }
    return Changes.of(List.copyOf(kept));
  }

  private static boolean isStub(Change change, Set<TreePath> filled) {
    if (!(change instanceof Change.Put put)) {
      return false;
    }
    if (put.node() instanceof Node.Directory) {
      return !filled.contains(put.path());
    }
    return put.node() instanceof Node.File file && file.size() == 0;
  }
}
