// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.function.IntPredicate;

/**
 * One step of a regular expression that is a plain sequence of steps.
 *
 * @param kind what it asks for
 * @param set the characters it takes, for a step that takes one
 * @param repeats whether it takes any number of them, none included
 * @param skip for an optional part: how many nodes further reading may go on at once
 */
record RegexNode(Kind kind, IntPredicate set, boolean repeats, int skip) {

  /** What a step asks for. */
  enum Kind {
    CHARACTER,
    /** Nothing: the nodes that follow, up to {@link #skip}, may be left out. */
    OPTIONAL,
    TEXT_START,
    TEXT_END,
    WORD_BOUNDARY,
    NO_WORD_BOUNDARY,
    MATCH
  }

  private static final RegexNode[] ASCII = new RegexNode[128];

  static {
    for (int i = 0; i < ASCII.length; i++) {
      int literal = i;
      ASCII[i] = one(c -> c == literal);
    }
  }

  /** The end of an expression. */
  static final RegexNode MATCH = assertion(Kind.MATCH);

  static RegexNode literal(int c) {
    return c < ASCII.length ? ASCII[c] : one(found -> found == c);
  }

  static RegexNode one(IntPredicate set) {
    return new RegexNode(Kind.CHARACTER, set, false, 0);
  }

  static RegexNode any(IntPredicate set) {
    return new RegexNode(Kind.CHARACTER, set, true, 0);
  }

  /** Returns a step that lets the {@code nodes} nodes after it be left out. */
  static RegexNode optional(int nodes) {
    return new RegexNode(Kind.OPTIONAL, c -> false, false, nodes + 1);
  }

  static RegexNode assertion(Kind kind) {
    return new RegexNode(kind, c -> false, false, 0);
  }

  /**
   * Returns this step, made to take any number of characters; an assertion needs no more than once.
   */
  RegexNode repeated() {
    return kind == Kind.CHARACTER ? any(set) : this;
  }
}
