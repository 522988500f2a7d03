// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import dev.lamina.dockerfile.text.Utf8;
import dev.lamina.dockerfile.text.Whitespace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/**
 * The words {@code --flag} at the beginning of the arguments, and what follows them.
 *
 * <p>BuildKit reads this part byte by byte and takes each byte for a character, so a flag's value
 * beyond ASCII comes out mangled; as images are built that way, so is it here.
 *
 * @param flags the flags with their dashes, quotes and escapes taken off
 * @param rest the text after the flags
 */
record FlagWords(List<String> flags, String rest) {

  static FlagWords read(String text, char escape) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        byte[] bytes = Utf8.encode(text);
        FlagWords words = new Reader(new String(bytes, StandardCharsets.ISO_8859_1), escape).read();
        byte[] rest = words.rest().getBytes(StandardCharsets.ISO_8859_1);
        return new FlagWords(words.flags(), Utf8.decode(rest));
      }
    }
    return new Reader(text, escape).read();
  }

  private static final class Reader {
    private final String line;
    private final char escape;
    private final List<String> flags = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int pos;

    Reader(String line, char escape) {
      this.line = line;
      this.escape = escape;
    }

    FlagWords read() {
      while (true) {
        pos = Whitespace.skipSpace(line, pos, line.length());
        if (!line.startsWith("--", pos)) {
          return end();
        }
        String flag = plainWordOrNull();
        boolean quoted = false;
        if (flag == null) {
          word.setLength(0);
          quoted = word();
          flag = word.toString();
        }
        if (flag.equals("--")) {
          return end();
        }
        if (quoted || !flag.isEmpty()) {
          flags.add(flag);
        }
      }
    }

    private FlagWords end() {
      return new FlagWords(flags, line.substring(pos));
    }

    /** Reads a word without quotes and escapes; null, and nothing read, if there is one. */
    @Nullable
    private String plainWordOrNull() {
      int end = pos;
      for (; end < line.length() && !Whitespace.isSpace(line.charAt(end)); end++) {
        char c = line.charAt(end);
        if (c == '\'' || c == '"' || c == escape) {
          return null;
        }
      }
      String plain = line.substring(pos, end);
      pos = end;
      return plain;
    }

    /** Reads to the next white space outside quotes; returns whether there was a quote. */
    private boolean word() {
      boolean quoted = false;
      char quote = 0;
      for (; pos < line.length(); pos++) {
        char c = line.charAt(pos);
        if (quote == 0 && Whitespace.isSpace(c)) {
          return quoted;
        }
        if (quote == 0 && (c == '\'' || c == '"')) {
          quote = c;
          quoted = true;
        } else if (quote != 0 && c == quote) {
          quote = 0;
        } else if (c != escape) {
          word.append(c);
        } else if (pos + 1 < line.length()) {
          pos++;
          word.append(line.charAt(pos));
        }
      }
      return quoted;
    }
  }
}
