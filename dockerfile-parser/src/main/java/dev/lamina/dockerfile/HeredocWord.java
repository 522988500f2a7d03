// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.Variables;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/**
 * The word that announces a heredoc: {@code <<EOF}, {@code <<-"EOF"}, {@code 3<<EOF}.
 *
 * @param name the delimiter without quotes
 * @param expand whether it has no quotes
 * @param chomp whether a dash stands before it
 * @param fileDescriptor the number before it, or 0
 */
record HeredocWord(String name, boolean expand, boolean chomp, int fileDescriptor) {

  private static final WordExpander WORDS = WordExpander.withEscape('\\').keepingUnset();
  private static final WordExpander QUOTED = WORDS.keepingQuotes();
  private static final WordExpander RAW = QUOTED.keepingEscapes();

  /** Returns the heredocs that a line announces, in order. */
  static List<HeredocWord> inLine(String line) throws ParseProblem {
    List<String> words;
    try {
      words = RAW.split(line, Variables.none());
    } catch (ExpansionException e) {
      return List.of(); // not for us to judge: the line may be meant for a shell
    }
    List<HeredocWord> heredocs = new ArrayList<>();
    for (String word : words) {
      HeredocWord heredoc = parseOrNull(word);
      if (heredoc != null) {
        heredocs.add(heredoc);
      }
    }
    return heredocs;
  }

  /**
   * Returns the heredoc that {@code word} announces, or null if it is an ordinary word or no valid
   * one.
   */
  @Nullable
  static HeredocWord quietlyOrNull(String word) {
    try {
      return parseOrNull(word);
    } catch (ParseProblem e) {
      return null;
    }
  }

  @Nullable
  private static HeredocWord parseOrNull(String word) throws ParseProblem {
    int mark = word.indexOf("<<");
    if (mark < 0 || word.indexOf('<', mark + 2) >= 0 || !isNumber(word, mark)) {
      return null;
    }
    boolean chomp = word.startsWith("-", mark + 2);
    int from = chomp ? mark + 3 : mark + 2;
    while (from < word.length() && " \t\n\f\r".indexOf(word.charAt(from)) >= 0) {
      from++;
    }
    String rest = word.substring(from);
    if (rest.isEmpty()) {
      return null;
    }
    try {
      List<String> names = WORDS.split(rest, Variables.none());
      if (names.size() != 1) {
        return null;
      }
      List<String> quoted = QUOTED.split(rest, Variables.none());
      if (quoted.size() != 1) {
        throw new ParseProblem(
            "internal lexing of heredoc produced inconsistent results: " + rest, word);
      }
      boolean expand = quotes(names.get(0)) == quotes(quoted.get(0));
      return new HeredocWord(names.get(0), expand, chomp, descriptor(word, mark));
    } catch (ExpansionException e) {
      throw new ParseProblem(e.problem(), word);
    }
  }

  /** Returns the heredoc with the lines that follow the instruction. */
  Heredoc withContent(String content) {
    return new Heredoc(name, content, expand, chomp, fileDescriptor);
  }

  private static boolean isNumber(String word, int to) {
    for (int i = 0; i < to; i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static int descriptor(String word, int to) {
    long number = 0;
    for (int i = 0; i < to && number <= Integer.MAX_VALUE; i++) {
      number = number * 10 + (word.charAt(i) - '0');
    }
    return (int) Math.min(number, Integer.MAX_VALUE);
  }

  private static int quotes(String word) {
    int quotes = 0;
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) == '\'' || word.charAt(i) == '"') {
        quotes++;
      }
    }
    return quotes;
  }
}
