// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The steps of a build that made a layer or were answered with one. Safe for several threads. */
final class UsedSteps {
  private final List<Used> steps = new ArrayList<>(); // guarded by this

  /**
   * A step.
   *
   * @param stage the stage it is in
   * @param key its key
   * @param shortcut the short cut to its key
   * @param record its layer
   */
  record Used(StageDraft stage, String key, Optional<Shortcut> shortcut, CacheRecord record) {}

  synchronized void add(Used step) {
    steps.add(step);
  }

  /** Returns the steps in an order that doesn't depend on which was done first. */
  synchronized List<Used> all() {
    List<Used> sorted = new ArrayList<>(steps);
    sorted.sort((a, b) -> a.key.compareTo(b.key));
    return sorted;
  }
}
