// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.expand;

import java.util.List;
import java.util.Set;

/**
 * Expands variables, takes off quotes and escapes, and splits words, as BuildKit's shell lexer
 * does.
 *
 * <pre>{@code
 * WordExpander expander = WordExpander.withEscape('\\');
 * expander.expand("${DIR:-/opt}/bin", Variables.none());   // "/opt/bin"
 * expander.split("a 'b c' $X", Variables.of(Map.of("X", "d e")));   // [a, b c, d, e]
 * }</pre>
 *
 * <p>It knows {@code $x}, {@code ${x}}, the operators {@code :- - :+ + :? ? # ## % %% / //}, and
 * nesting. It is no shell: there is no command substitution, no arithmetic, no array. Any depth of
 * nesting is fine; time and the size of the result are bounded. Immutable and safe for use by
 * several threads.
 */
public final class WordExpander {

  private final char escape;
  private final LexerMode mode;

  private WordExpander(char escape, LexerMode mode) {
    this.escape = escape;
    this.mode = mode;
  }

  /**
   * Returns an expander for a Dockerfile's escape character.
   *
   * @param escape {@code \} or a backtick
   */
  public static WordExpander withEscape(char escape) {
    return new WordExpander(escape, LexerMode.PLAIN);
  }

  /** Returns an expander that takes quotes into account but leaves them in the result. */
  public WordExpander keepingQuotes() {
    return new WordExpander(escape, mode.withRawQuotes());
  }

  /** Returns an expander that takes escapes into account but leaves them in the result. */
  public WordExpander keepingEscapes() {
    return new WordExpander(escape, mode.withRawEscapes());
  }

  /** Returns an expander for which quotes are ordinary characters, as in the body of a heredoc. */
  public WordExpander ignoringQuotes() {
    return new WordExpander(escape, mode.withoutQuotes());
  }

  /** Returns an expander that leaves variables that are not set as they are written. */
  public WordExpander keepingUnset() {
    return new WordExpander(escape, mode.withUnsetKept());
  }

  /**
   * Returns {@code word} expanded.
   *
   * @throws ExpansionException if that cannot be done
   */
  public String expand(String word, Variables variables) throws ExpansionException {
    if (isPlain(word)) {
      return word;
    }
    return process(word, variables).text();
  }

  /**
   * Returns {@code word} expanded and then split at white space that is not quoted.
   *
   * @throws ExpansionException if that cannot be done
   */
  public List<String> split(String word, Variables variables) throws ExpansionException {
    return process(word, variables).words();
  }

  /**
   * Returns all that an expansion yields.
   *
   * @throws ExpansionException if that cannot be done
   */
  public Expanded process(String word, Variables variables) throws ExpansionException {
    return new WordLexer(word, escape, mode, variables).run();
  }

  private boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '$' || c == '\'' || c == '"' || c == escape || c == '\uFEFF') {
        return false;
      }
    }
    return true;
  }

  /**
   * What an expansion yields.
   *
   * @param text the word expanded
   * @param words the same, split at white space
   * @param used names of the variables that were looked up and are set
   * @param unset names of the variables that were looked up and are not set
   */
  public record Expanded(String text, List<String> words, Set<String> used, Set<String> unset) {
    public Expanded {
      words = List.copyOf(words);
    }
  }
}
