// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.BitSet;
import javax.annotation.Nullable;

/**
 * A state of {@link IgnoreAutomaton}: where in the patterns a path has come to, and which it
 * matches if it ends here.
 *
 * <p>What follows it is filled in by any thread; two may make the same state twice, which does no
 * harm.
 */
final class IgnoreState {

  private final Key key;
  private final BitSet matched;
  @Nullable private final IgnoreState[] next;

  /**
   * @param remembers whether transitions are kept here
   */
  IgnoreState(Key key, BitSet matched, boolean remembers) {
    this.key = key;
    this.matched = matched;
    this.next = remembers ? new IgnoreState[128] : null;
  }

  Key key() {
    return key;
  }

  /** Returns the patterns that match if the path ends here; not to be changed. */
  BitSet matched() {
    return matched;
  }

  @Nullable
  IgnoreState nextOrNull(int c) {
    return next != null && c < next.length ? next[c] : null;
  }

  void remember(int c, IgnoreState state) {
    if (next != null && c < next.length) {
      next[c] = state;
    }
  }

  /**
   * What tells states apart.
   *
   * @param places the nodes to go on from; not to be changed
   * @param atStart whether nothing was read
   * @param afterWord whether the last character read was a letter, a digit or {@code _}
   */
  record Key(BitSet places, boolean atStart, boolean afterWord) {
    // A record's own equals and hashCode are linked anew in each JVM, which takes milliseconds.
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Key key
          && atStart == key.atStart
          && afterWord == key.afterWord
          && places.equals(key.places);
    }

    @Override
    public int hashCode() {
      return 4 * places.hashCode() + (atStart ? 2 : 0) + (afterWord ? 1 : 0);
    }
  }
}
