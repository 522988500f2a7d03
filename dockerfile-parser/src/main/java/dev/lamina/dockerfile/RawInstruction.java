// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * An instruction whose line is taken apart, before anyone asks whether it makes sense.
 *
 * @param line the whole as one line
 * @param parts keyword, flags and the rest
 * @param keyword which of Docker's keywords it is, or null
 * @param custom whether it is one of the user's keywords
 * @param arguments the rest, taken apart in the way of the keyword
 * @param heredocs the documents that follow
 * @param escape the file's escape character
 */
record RawInstruction(
    String line,
    KeywordLine parts,
    @Nullable Keyword keyword,
    boolean custom,
    Arguments arguments,
    List<Heredoc> heredocs,
    char escape) {

  static RawInstruction read(String line, char escape, ParserOptions options) throws ParseProblem {
    KeywordLine parts = KeywordLine.split(line, escape);
    Keyword keyword = Keyword.ofOrNull(parts.keyword());
    Arguments arguments =
        keyword == null ? Arguments.NONE : Arguments.read(keyword, parts.rest(), escape);
    boolean custom = keyword == null && options.isCustomKeyword(parts.keyword());
    return new RawInstruction(line, parts, keyword, custom, arguments, List.of(), escape);
  }

  RawInstruction withHeredocs(List<Heredoc> found) {
    return found.isEmpty()
        ? this
        : new RawInstruction(line, parts, keyword, custom, arguments, found, escape);
  }

  /**
   * Whether {@code <<} in the line can announce a heredoc: never in a JSON form, and for ONBUILD
   * its trigger decides.
   */
  boolean takesHeredocs() {
    if (arguments.json()) {
      return false;
    }
    if (keyword == Keyword.ONBUILD && !arguments.words().isEmpty()) {
      Keyword trigger = Keyword.ofOrNull(arguments.words().get(0));
      return trigger != null && trigger.takesHeredocs();
    }
    return custom || (keyword != null && keyword.takesHeredocs());
  }

  Instruction toInstruction() throws ParseProblem {
    if (keyword != null) {
      return new InstructionParser(keyword, parts.flags(), arguments, heredocs, line).parse();
    }
    if (custom) {
      return new Custom(parts.keyword(), customFlags(), parts.rest(), heredocs);
    }
    throw new ParseProblem(
        "unknown instruction: "
            + parts.keyword()
            + Suggestion.ignoringCase(parts.keyword(), Keyword.names()),
        parts.keyword());
  }

  private List<Flag> customFlags() {
    List<Flag> flags = new ArrayList<>();
    for (String flag : parts.flags()) {
      int equals = flag.indexOf('=');
      flags.add(
          equals < 0
              ? new Flag(flag.substring(2), Optional.empty())
              : new Flag(flag.substring(2, equals), Optional.of(flag.substring(equals + 1))));
    }
    return flags;
  }
}
