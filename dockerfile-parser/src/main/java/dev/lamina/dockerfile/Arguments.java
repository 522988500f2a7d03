// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of an instruction, taken apart in the way of its keyword.
 *
 * @param words the arguments; none for the forms that give {@code pairs}
 * @param pairs the pairs of ENV and LABEL
 * @param json whether the arguments were a JSON array
 */
record Arguments(List<String> words, List<KeyValue> pairs, boolean json) {

  /** No arguments at all. */
  static final Arguments NONE = words(List.of());

  /** Reads {@code rest}, the text after keyword and flags. */
  static Arguments read(Keyword keyword, String rest, char escape) throws ParseProblem {
    return switch (keyword.form()) {
      case LINE -> line(rest);
      case WORDS -> split(rest);
      case QUOTED_WORDS -> words(QuotedWords.split(rest, escape));
      case PAIRS -> pairs(KeyValues.read(keyword.name(), rest, escape));
      case JSON_OR_LINE -> {
        List<String> strings = JsonStrings.parseOrNull(rest);
        yield strings == null ? line(rest) : json(strings);
      }
      case JSON_OR_WORDS -> {
        List<String> strings = JsonStrings.parseOrNull(rest);
        yield strings == null ? split(rest) : json(strings);
      }
      case HEALTH -> health(rest);
      case TRIGGER -> trigger(rest, escape);
    };
  }

  private static Arguments line(String rest) {
    return rest.isEmpty() ? NONE : words(List.of(rest));
  }

  private static Arguments split(String rest) {
    List<String> words = new ArrayList<>(4);
    for (int from = 0; from < rest.length(); ) {
      int end = Whitespace.nextBlank(rest, from);
      words.add(rest.substring(from, end));
      from = Whitespace.skipBlank(rest, end);
    }
    return words(words);
  }

  /** The type of the check, and then what CMD would take. */
  private static Arguments health(String rest) throws ParseProblem {
    int end = 0;
    boolean cut = false;
    while (end < rest.length() && !cut && !KeywordLine.isSpaceByte(rest.charAt(end))) {
      cut = endsInSpaceByte(rest.charAt(end));
      end++;
    }
    if (end == 0) {
      return NONE;
    }
    int next = end;
    while (next < rest.length() && KeywordLine.isSpaceByte(rest.charAt(next))) {
      next++;
    }
    String command = rest.substring(next);
    List<String> strings = JsonStrings.parseOrNull(command);
    List<String> words = new ArrayList<>();
    words.add(rest.substring(0, end));
    if (strings != null) {
      words.addAll(strings);
    } else if (!command.isEmpty()) {
      words.add(command);
    }
    return new Arguments(words, List.of(), strings != null);
  }

  /**
   * Whether BuildKit, which looks at bytes here, takes the last one of a character for white space.
   * That leaves a type that is none, but what follows can be the first error of the file.
   */
  private static boolean endsInSpaceByte(char c) {
    int last = 0x80 | (c & 0x3F);
    return c >= 0x80 && !Character.isHighSurrogate(c) && (last == 0x85 || last == 0xA0);
  }

  /**
   * The keyword of an ONBUILD trigger alone; its own arguments only have to be well-formed, even
   * those of a trigger that is an ONBUILD again, which is refused only later.
   */
  private static Arguments trigger(String rest, char escape) throws ParseProblem {
    if (rest.isEmpty()) {
      return NONE;
    }
    KeywordLine line = KeywordLine.split(rest, escape);
    KeywordLine inner = line;
    boolean nested = false;
    while (Keyword.ofOrNull(inner.keyword()) == Keyword.ONBUILD && !inner.rest().isEmpty()) {
      inner = KeywordLine.split(inner.rest(), escape);
      nested = true;
    }
    Keyword keyword = Keyword.ofOrNull(inner.keyword());
    boolean json =
        keyword != null && keyword != Keyword.ONBUILD && read(keyword, inner.rest(), escape).json();
    return new Arguments(List.of(line.keyword()), List.of(), json && !nested);
  }

  private static Arguments words(List<String> words) {
    return new Arguments(words, List.of(), false);
  }

  private static Arguments json(List<String> strings) {
    return new Arguments(strings, List.of(), true);
  }

  private static Arguments pairs(List<KeyValue> pairs) {
    return new Arguments(List.of(), pairs, false);
  }
}
