// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Builds COPY and ADD. */
final class CopyParser {

  private static final KnownFlags COPY_FLAGS =
      KnownFlags.NONE.texts("chown", "from", "chmod").booleans("link", "parents").lists("exclude");
  private static final KnownFlags ADD_FLAGS =
      KnownFlags.NONE
          .texts("chown", "chmod", "checksum")
          .booleans("link", "keep-git-dir", "unpack")
          .lists("exclude");

  private CopyParser() {}

  static Copy copy(List<String> flags, List<String> words, List<Heredoc> heredocs)
      throws ParseProblem {
    requireDestination("COPY", words);
    FlagValues values = FlagValues.read(flags, COPY_FLAGS);
    Sources sources = Sources.of("COPY", words, heredocs);
    return new Copy(
        sources.paths,
        sources.files,
        sources.destination,
        values.text("from"),
        values.text("chown"),
        values.text("chmod"),
        values.isTrue("link"),
        values.isTrue("parents"),
        values.list("exclude"));
  }

  static Add add(List<String> flags, List<String> words, List<Heredoc> heredocs)
      throws ParseProblem {
    requireDestination("ADD", words);
    FlagValues values = FlagValues.read(flags, ADD_FLAGS);
    Sources sources = Sources.of("ADD", words, heredocs);
    return new Add(
        sources.paths,
        sources.files,
        sources.destination,
        values.text("chown"),
        values.text("chmod"),
        values.isTrue("link"),
        values.list("exclude"),
        values.text("checksum"),
        values.choice("keep-git-dir"),
        values.choice("unpack"));
  }

  private static void requireDestination(String keyword, List<String> words) throws ParseProblem {
    if (words.size() < 2) {
      throw new ParseProblem(
          keyword
              + " requires at least two arguments, but only one was provided."
              + " Destination could not be determined");
    }
  }

  /** The arguments told apart: paths, documents and the destination. */
  private static final class Sources {
    final List<String> paths = new ArrayList<>();
    final List<Heredoc> files = new ArrayList<>();
    final String destination;

    private Sources(String destination) {
      this.destination = destination;
    }

    static Sources of(String keyword, List<String> words, List<Heredoc> heredocs)
        throws ParseProblem {
      int last = words.size() - 1;
      Sources sources = new Sources(words.get(last));
      if (HeredocWord.quietlyOrNull(sources.destination) != null) {
        throw new ParseProblem(
            keyword + " cannot accept a heredoc as a destination", sources.destination);
      }
      for (String word : words.subList(0, last)) {
        HeredocWord heredoc = HeredocWord.quietlyOrNull(word);
        if (heredoc == null) {
          sources.paths.add(word);
        } else {
          sources.files.add(heredoc.withContent(content(heredoc.name(), heredocs)));
        }
      }
      return sources;
    }

    /** Two documents of one name are one: the last. */
    private static String content(String name, List<Heredoc> heredocs) {
      return heredocs.stream()
          .filter(heredoc -> heredoc.name().equals(name))
          .reduce((first, last) -> last)
          .map(Heredoc::content)
          .orElse("");
    }
  }
}
