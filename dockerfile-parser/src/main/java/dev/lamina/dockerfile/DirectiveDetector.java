// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.DirectiveSyntax;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds directives in the first lines of a text that need not be a Dockerfile. */
final class DirectiveDetector {

  private static final Set<String> KNOWN = Set.of("syntax", "escape", "check");

  private DirectiveDetector() {}

  static Optional<Directive> findInAnyForm(String name, String text) {
    return find(name, text, "#")
        .or(() -> find(name, text, "//"))
        .or(
            () -> {
              int from = bodyStart(text);
              return JsonStrings.member(text.substring(from), name)
                  .map(value -> new Directive(name, value, firstLine(text, from)));
            });
  }

  private static SourceRange firstLine(String text, int from) {
    int line = from > 0 && text.charAt(from - 1) == '\n' ? 2 : 1;
    int newline = text.indexOf('\n', from);
    int end = newline < 0 ? text.length() : newline;
    return new SourceRange(line, 1, line, end - from + 1, from, end);
  }

  /** Where the text begins after a byte order mark and a line {@code #!}. */
  private static int bodyStart(String text) {
    int from = text.startsWith("\uFEFF") ? 1 : 0;
    if (!text.startsWith("#!", from)) {
      return from;
    }
    int newline = text.indexOf('\n', from);
    return newline < 0 ? text.length() : newline + 1;
  }

  static Optional<Directive> find(String name, String text, String mark) {
    int start = bodyStart(text);
    int line = start > 1 ? 2 : 1;
    Set<String> seen = new HashSet<>();
    for (; start < text.length() && text.startsWith(mark, start); line++) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      int content = Whitespace.skipSpace(text, start + mark.length(), end);
      DirectiveSyntax syntax = new DirectiveSyntax(text, content, end);
      if (!syntax.matches() || !KNOWN.contains(syntax.key()) || !seen.add(syntax.key())) {
        return Optional.empty();
      }
      if (syntax.key().equals(name)) {
        SourceRange range = new SourceRange(line, 1, line, end - start + 1, start, end);
        return Optional.of(new Directive(name, syntax.value(), range));
      }
      start = newline < 0 ? text.length() : newline + 1;
    }
    return Optional.empty();
  }
}
