// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

/**
 * What the lexer leaves in its result.
 *
 * @param rawQuotes quotes stay
 * @param rawEscapes escape characters stay
 * @param skipQuotes quotes are ordinary characters
 * @param keepUnset variables that are not set stay as written
 */
record LexerMode(boolean rawQuotes, boolean rawEscapes, boolean skipQuotes, boolean keepUnset) {

  static final LexerMode PLAIN = new LexerMode(false, false, false, false);

  LexerMode withRawQuotes() {
    return new LexerMode(true, rawEscapes, skipQuotes, keepUnset);
  }

  LexerMode withRawEscapes() {
    return new LexerMode(rawQuotes, true, skipQuotes, keepUnset);
  }

  LexerMode withoutQuotes() {
    return new LexerMode(rawQuotes, rawEscapes, true, keepUnset);
  }

  LexerMode withUnsetKept() {
    return new LexerMode(rawQuotes, rawEscapes, skipQuotes, true);
  }
}
