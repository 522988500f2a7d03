// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads the regular expressions that {@link PatternTranslation} makes, by the rules of Go's {@code
 * regexp}.
 *
 * <p>The one group in them is <code>(.*&#47;)?</code>, so they are sequences, side by side where
 * the pattern has a {@code |}. But <code>| { }</code>, what stands between brackets and what stands
 * after a backslash was written by the user, and means here what Go says.
 */
final class RegexReader {

  private static final int MAX_NODES = 100_000;
  private static final String GROUP = "(.*/)?";

  private final String regex;
  private final String pattern;
  private final List<List<RegexNode>> alternatives = new ArrayList<>();
  private List<RegexNode> nodes = new ArrayList<>();
  private int pos;

  /** Where the last node to be repeated starts, or -1 if there is none. */
  private int atom = -1;

  private RegexReader(String regex, String pattern) {
    this.regex = regex;
    this.pattern = pattern;
  }

  /**
   * Returns the alternatives of {@code regex}, each a sequence that fits the whole text.
   *
   * @param pattern what it was made from, for the error
   */
  static List<List<RegexNode>> read(String regex, String pattern) throws PatternException {
    return new RegexReader(regex, pattern).readAll();
  }

  private List<List<RegexNode>> readAll() throws PatternException {
    while (pos < regex.length()) {
      readNode();
      if (nodes.size() > MAX_NODES) {
        throw new PatternException("pattern too large", pattern);
      }
    }
    alternatives.add(nodes);
    return alternatives.stream().map(RegexReader::whole).toList();
  }

  /**
   * Pads what does not begin with {@code ^} or end with {@code $}: an expression may match
   * anywhere. Usually both are there; a {@code |} parts them, and a backslash or braces can take
   * one away.
   */
  private static List<RegexNode> whole(List<RegexNode> alternative) {
    List<RegexNode> padded = new ArrayList<>(alternative);
    if (!isKind(alternative, 0, RegexNode.Kind.TEXT_START)) {
      padded.add(0, RegexNode.any(c -> true));
    }
    if (!isKind(alternative, alternative.size() - 1, RegexNode.Kind.TEXT_END)) {
      padded.add(RegexNode.any(c -> true));
    }
    return padded;
  }

  private static boolean isKind(List<RegexNode> nodes, int index, RegexNode.Kind kind) {
    return !nodes.isEmpty() && nodes.get(index).kind() == kind;
  }

  private void readNode() throws PatternException {
    int c = take();
    switch (c) {
      case '(' -> {
        pos += GROUP.length() - 1;
        nodes.add(RegexNode.optional(2));
        nodes.add(RegexNode.any(RegexReader::isDot));
        nodes.add(RegexNode.literal('/'));
        requireNoRepeat();
      }
      case '.' -> addRepeatable(RegexReader::isDot);
      case '[' -> {
        CharacterClass set = new CharacterClass(regex, pos, pattern);
        pos = set.end();
        addRepeatable(set);
      }
      case '^' -> add(RegexNode.assertion(RegexNode.Kind.TEXT_START));
      case '$' -> add(RegexNode.assertion(RegexNode.Kind.TEXT_END));
      case '|' -> {
        alternatives.add(nodes);
        nodes = new ArrayList<>();
        atom = -1;
      }
      case '{' -> {
        if (!readRepeat(pos - 1)) {
          add(RegexNode.literal(c));
        }
      }
      case '\\' -> escaped();
      default -> add(RegexNode.literal(c));
    }
  }

  private void add(RegexNode node) {
    atom = nodes.size();
    nodes.add(node);
  }

  private void addRepeatable(IntPredicate set) throws PatternException {
    if (!regex.startsWith("*", pos)) {
      add(RegexNode.one(set));
      return;
    }
    pos++;
    nodes.add(RegexNode.any(set));
    requireNoRepeat();
  }

  private void requireNoRepeat() throws PatternException {
    if (RegexRepeat.readOrNull(regex, pos) != null) {
      throw PatternException.invalid(pattern);
    }
    atom = -1;
  }

  /**
   * Repeats the last node if a {@code {n,m}} stands at {@code from}; if not, the brace is a brace.
   */
  private boolean readRepeat(int from) throws PatternException {
    RegexRepeat repeat = RegexRepeat.readOrNull(regex, from);
    if (repeat == null) {
      return false;
    }
    if (atom < 0 || !repeat.isValid()) {
      throw PatternException.invalid(pattern);
    }
    RegexNode node = nodes.remove(atom);
    for (int i = 0; i < repeat.least(); i++) {
      nodes.add(node);
    }
    for (int i = repeat.least(); i < repeat.most(); i++) {
      nodes.add(RegexNode.optional(1));
      nodes.add(node);
    }
    if (repeat.isEndless()) {
      nodes.add(RegexNode.optional(1));
      nodes.add(node.repeated());
    }
    pos = repeat.end();
    requireNoRepeat();
    return true;
  }

  private void escaped() throws PatternException {
    if (pos >= regex.length()) {
      throw PatternException.invalid(pattern);
    }
    switch (regex.charAt(pos)) {
      case 'A' -> assertion(RegexNode.Kind.TEXT_START);
      case 'z' -> assertion(RegexNode.Kind.TEXT_END);
      case 'b' -> assertion(RegexNode.Kind.WORD_BOUNDARY);
      case 'B' -> assertion(RegexNode.Kind.NO_WORD_BOUNDARY);
      case 'Q' -> quoted();
      default -> {
        RegexEscape escape = RegexEscape.read(regex, pos, pattern);
        pos = escape.end();
        add(RegexNode.one(escape.set()));
      }
    }
  }

  private void assertion(RegexNode.Kind kind) {
    pos++;
    add(RegexNode.assertion(kind));
  }

  /** Everything from {@code \Q} to {@code \E}, or to the end, stands for itself. */
  private void quoted() {
    int end = regex.indexOf("\\E", pos + 1);
    String literal = end < 0 ? regex.substring(pos + 1) : regex.substring(pos + 1, end);
    literal.codePoints().forEach(c -> add(RegexNode.literal(c)));
    pos = end < 0 ? regex.length() : end + 2;
  }

  private static boolean isDot(int c) {
    return c != '\n';
  }

  private int take() {
    int c = regex.codePointAt(pos);
    pos += Character.charCount(c);
    return c;
  }
}
