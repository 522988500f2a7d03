// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.DirectiveSyntax;
import dev.lamina.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/** Reads the parser directives: the comments {@code # key=value} before anything else. */
final class Directives {

  private static final List<String> KNOWN = List.of("syntax", "escape", "check");

  private final List<Directive> found = new ArrayList<>();
  private boolean open = true;
  private char escape = '\\';

  /** Says that a line which is no directive was met: from now on, comments are comments. */
  void close() {
    open = false;
  }

  boolean isOpen() {
    return open;
  }

  List<Directive> found() {
    return List.copyOf(found);
  }

  /**
   * Reads the comment {@code text[from, to)}, whose first character is the {@code #} in line {@code
   * line}.
   *
   * @return whether it is a directive; if not, directives end here
   */
  boolean read(String text, int from, int to, int line, int lineStart) throws ParseProblem {
    if (!open) {
      return false;
    }
    DirectiveSyntax syntax =
        new DirectiveSyntax(text, Whitespace.skipSpace(text, from + 1, to), to);
    if (!syntax.matches() || !KNOWN.contains(syntax.key())) {
      close();
      return false;
    }
    String key = syntax.key();
    if (found.stream().anyMatch(directive -> directive.name().equals(key))) {
      throw new ParseProblem("only one " + key + " parser directive can be used");
    }
    SourceRange range =
        new SourceRange(line, from - lineStart + 1, line, to - lineStart + 1, from, to);
    if (key.equals("escape")) {
      requireEscape(syntax.value());
      escape = syntax.value().charAt(0);
    }
    found.add(new Directive(key, syntax.value(), range));
    return true;
  }

  private static void requireEscape(String value) throws ParseProblem {
    if (!value.equals("\\") && !value.equals("`")) {
      throw new ParseProblem("invalid escape token '" + value + "' does not match ` or \\", value);
    }
  }

  /** Returns the escape character in force. */
  char escape() {
    return escape;
  }
}
