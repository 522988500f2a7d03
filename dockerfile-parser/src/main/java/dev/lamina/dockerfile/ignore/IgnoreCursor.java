// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.BitSet;

/**
 * A place below the build context and what {@code .dockerignore} says about it: for walking a
 * folder from the top.
 *
 * <p>Each step costs only the entry's name. A walk comes to the answers of a Docker build, which
 * remembers for a folder which patterns matched it. Immutable and safe for use by several threads.
 */
public final class IgnoreCursor {

  private final IgnoreAutomaton automaton;
  private final IgnoreState state;
  private final BitSet matched;
  private final boolean excluded;

  private IgnoreCursor(
      IgnoreAutomaton automaton, IgnoreState state, BitSet matched, boolean excluded) {
    this.automaton = automaton;
    this.state = state;
    this.matched = matched;
    this.excluded = excluded;
  }

  static IgnoreCursor atRoot(IgnoreAutomaton automaton) {
    return new IgnoreCursor(automaton, automaton.start(), new BitSet(), false);
  }

  /**
   * Returns the place of an entry of this folder.
   *
   * @param name the entry's name, without slashes
   */
  public IgnoreCursor child(String name) {
    if (automaton.patternCount() == 0) {
      return this;
    }
    IgnoreState from = state.key().atStart() ? state : automaton.step(state, '/');
    IgnoreState to = automaton.step(from, name);
    if (to.matched().isEmpty()) {
      return new IgnoreCursor(automaton, to, matched, excluded);
    }
    BitSet all = new BitSet();
    boolean out = false;
    for (int i = 0; i < automaton.patternCount(); i++) {
      boolean matters = automaton.isExclusion(i) == out;
      if (matched.get(i) || (matters && to.matched().get(i))) {
        all.set(i);
        out = !automaton.isExclusion(i);
      }
    }
    return new IgnoreCursor(automaton, to, all, out);
  }

  /** Returns whether this file, or this folder itself, is left out of the context. */
  public boolean isExcluded() {
    return excluded;
  }

  /**
   * Returns whether something below this folder may be in the context: if not, the walk need not go
   * there.
   */
  public boolean mayContainIncluded() {
    return !excluded || automaton.mayTakeInBelow(state);
  }
}
