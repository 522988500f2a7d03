// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import dev.lamina.dockerfile.text.CleanPath;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of {@code .dockerignore} as moby's patternmatcher understands it: partly as text,
 * partly as a regular expression, with all that follows from that.
 *
 * @param text the pattern, cleaned, without the exclamation mark
 * @param exclusion whether what it matches is taken in again
 * @param alternatives sequences of steps over a path; one that can be taken to its end is enough
 */
record IgnorePattern(String text, boolean exclusion, List<List<RegexNode>> alternatives) {

  /** Returns the patterns of {@code lines}, without those that are blank. */
  static List<IgnorePattern> compileAll(List<String> lines) throws PatternException {
    List<IgnorePattern> patterns = new ArrayList<>(lines.size());
    for (String line : lines) {
      String trimmed = Whitespace.trim(line);
      if (!trimmed.isEmpty()) {
        patterns.add(compile(CleanPath.of(trimmed)));
      }
    }
    return patterns;
  }

  private static IgnorePattern compile(String pattern) throws PatternException {
    boolean exclusion = pattern.startsWith("!");
    if (pattern.equals("!")) {
      throw new PatternException("illegal exclusion pattern", pattern);
    }
    String text = exclusion ? pattern.substring(1) : pattern;
    GlobReader.requireValidStart(text);
    PatternTranslation translation = PatternTranslation.of(text);
    List<List<RegexNode>> alternatives =
        switch (translation.kind()) {
          case EXACT -> List.of(literals(text));
          case PREFIX -> List.of(prefix(text));
          case SUFFIX -> suffix(text);
          case REGEX -> RegexReader.read(translation.regex(), text);
        };
    return new IgnorePattern(text, exclusion, alternatives);
  }

  /** {@code text**}: whatever begins with the text. */
  private static List<RegexNode> prefix(String text) {
    List<RegexNode> nodes = literals(text.substring(0, text.length() - 2));
    nodes.add(RegexNode.any(c -> true));
    return nodes;
  }

  /**
   * {@code **text}: whatever ends with the text; if that begins with a slash, also the text without
   * it.
   */
  private static List<List<RegexNode>> suffix(String text) {
    List<RegexNode> nodes = new ArrayList<>();
    nodes.add(RegexNode.any(c -> true));
    nodes.addAll(literals(text.substring(2)));
    return text.startsWith("/", 2) ? List.of(nodes, literals(text.substring(3))) : List.of(nodes);
  }

  private static List<RegexNode> literals(String text) {
    List<RegexNode> nodes = new ArrayList<>(text.length() + 1);
    text.codePoints().forEach(c -> nodes.add(RegexNode.literal(c)));
    return nodes;
  }

  /** Returns how many steps the pattern has in all, the end of each alternative included. */
  int size() {
    return alternatives.stream().mapToInt(nodes -> nodes.size() + 1).sum();
  }
}
