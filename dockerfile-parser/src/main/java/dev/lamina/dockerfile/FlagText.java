// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Utf8;
import dev.lamina.dockerfile.text.Whitespace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts flags into words that {@link FlagWords} reads back. */
final class FlagText {

  /** How the values of flags are quoted. */
  enum Quoting {
    /** Where there is white space. */
    SPARING,
    /** So that a shell lexer finds the documents behind them, whatever the escape character is. */
    FOR_SHELLS
  }

  private static final char NO_QUOTE = 0;

  private final char escape;
  private final Quoting quoting;
  private final List<String> words = new ArrayList<>();

  FlagText(char escape, Quoting quoting) {
    this.escape = escape;
    this.quoting = quoting;
  }

  /** Returns the flags as they are written. */
  List<String> words() {
    return words;
  }

  void add(String name, String value) {
    words.add(bytes("--" + quoted(name) + "=" + quoted(value)));
  }

  void add(String name, Optional<String> value) {
    value.ifPresent(text -> add(name, text));
  }

  void add(String name, boolean set) {
    if (set) {
      words.add("--" + name);
    }
  }

  void add(Flag flag) {
    if (flag.value().isPresent()) {
      add(flag.name(), flag.value());
    } else {
      words.add(bytes("--" + quoted(flag.name())));
    }
  }

  private String quoted(String text) {
    char quote = quoteFor(text);
    StringBuilder out = new StringBuilder(quote == NO_QUOTE ? "" : String.valueOf(quote));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean quotes = quote == NO_QUOTE ? c == '"' || c == '\'' : c == quote;
      if (quotes || c == escape) {
        out.append(escape);
      }
      out.append(c);
    }
    return out.append(quote == NO_QUOTE ? "" : quote).toString();
  }

  private char quoteFor(String value) {
    if (quoting == Quoting.FOR_SHELLS && value.chars().anyMatch(c -> "'\"\\`".indexOf(c) >= 0)) {
      return value.indexOf('\'') >= 0 ? '"' : '\'';
    }
    return value.chars().anyMatch(Whitespace::isSpace) ? '"' : NO_QUOTE;
  }

  /** Undoes what BuildKit does to flags beyond ASCII: it takes each byte for a character. */
  private static String bytes(String flag) {
    if (flag.chars().allMatch(c -> c < 0x80) || flag.chars().anyMatch(c -> c > 0xFF)) {
      return flag;
    }
    return Utf8.decode(flag.getBytes(StandardCharsets.ISO_8859_1));
  }
}
