// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All patterns of a {@code .dockerignore} as one automaton, which reads a path once, whatever the
 * number of patterns.
 *
 * <p>A state is the set of places in the patterns where matching can be. States and their
 * transitions are made when they are first needed and kept, up to a limit; beyond it they are made
 * anew each time, so that time stays proportional to the path's length times the patterns' for any
 * input.
 */
final class IgnoreAutomaton {

  private static final int MAX_STATES = 4_096;
  private static final int MAX_STATE_BYTES = 16 << 20;
  private static final int END = -1;

  private final RegexNode[] nodes;
  private final int[] patternOf;
  private final boolean[] exclusion;
  private final int maxStates;
  private final Map<IgnoreState.Key, IgnoreState> states = new ConcurrentHashMap<>();
  private final IgnoreState start;

  IgnoreAutomaton(List<IgnorePattern> patterns) {
    List<RegexNode> all = new ArrayList<>();
    BitSet starts = new BitSet();
    exclusion = new boolean[patterns.size()];
    int size = patterns.stream().mapToInt(IgnorePattern::size).sum();
    patternOf = new int[size];
    for (int i = 0; i < exclusion.length; i++) {
      exclusion[i] = patterns.get(i).exclusion();
      int from = all.size();
      for (List<RegexNode> alternative : patterns.get(i).alternatives()) {
        starts.set(all.size());
        all.addAll(alternative);
        all.add(RegexNode.MATCH);
      }
      Arrays.fill(patternOf, from, all.size(), i);
    }
    nodes = all.toArray(RegexNode[]::new);
    maxStates = Math.min(MAX_STATES, Math.max(16, MAX_STATE_BYTES / (size / 8 + 600)));
    start = state(new IgnoreState.Key(starts, true, false));
  }

  IgnoreState start() {
    return start;
  }

  boolean isExclusion(int pattern) {
    return exclusion[pattern];
  }

  int patternCount() {
    return exclusion.length;
  }

  IgnoreState step(IgnoreState state, String text) {
    IgnoreState now = state;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      now = step(now, c);
    }
    return now;
  }

  IgnoreState step(IgnoreState state, int c) {
    IgnoreState known = state.nextOrNull(c);
    return known != null ? known : newStep(state, c);
  }

  private IgnoreState newStep(IgnoreState state, int c) {
    BitSet next = new BitSet();
    BitSet reached = reachable(state.key(), c);
    for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
      RegexNode node = nodes[i];
      if (node.kind() == RegexNode.Kind.CHARACTER && node.set().test(c)) {
        next.set(node.repeats() ? i : i + 1);
      }
    }
    IgnoreState made = state(new IgnoreState.Key(next, false, isWord(c)));
    state.remember(c, made);
    return made;
  }

  private IgnoreState state(IgnoreState.Key key) {
    IgnoreState known = states.get(key);
    if (known != null) {
      return known;
    }
    BitSet matched = new BitSet();
    BitSet reached = reachable(key, END);
    for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
      if (nodes[i].kind() == RegexNode.Kind.MATCH) {
        matched.set(patternOf[i]);
      }
    }
    boolean keep = states.size() < maxStates;
    IgnoreState made = new IgnoreState(key, matched, keep);
    if (keep) {
      states.put(key, made);
    }
    return made;
  }

  /** Returns the nodes that can be the next to read {@code next}, which may be the end. */
  private BitSet reachable(IgnoreState.Key key, int next) {
    BitSet reached = (BitSet) key.places().clone();
    for (int i = reached.nextSetBit(0); i >= 0; i = reached.nextSetBit(i + 1)) {
      RegexNode node = nodes[i];
      if (node.repeats() || passes(node.kind(), key, next)) {
        reached.set(i + 1);
      }
      if (node.kind() == RegexNode.Kind.OPTIONAL) {
        reached.set(i + node.skip());
      }
    }
    return reached;
  }

  private static boolean passes(RegexNode.Kind assertion, IgnoreState.Key key, int next) {
    return switch (assertion) {
      case CHARACTER, MATCH -> false;
      case OPTIONAL -> true;
      case TEXT_START -> key.atStart();
      case TEXT_END -> next == END;
      case WORD_BOUNDARY -> key.afterWord() != isWord(next);
      case NO_WORD_BOUNDARY -> key.afterWord() == isWord(next);
    };
  }

  private static boolean isWord(int c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /**
   * Returns whether some pattern that takes in again can still match below the folder that {@code
   * state} is at.
   */
  boolean mayTakeInBelow(IgnoreState state) {
    BitSet places = step(state, '/').key().places();
    for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
      if (exclusion[patternOf[i]]) {
        return true;
      }
    }
    return false;
  }
}
