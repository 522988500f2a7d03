// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The inputs of a step as text, a line each: what is kept of a step to explain the next. */
final class InputList {
  private InputList() {}

  static String write(List<CacheInput> inputs) {
    StringBuilder text = new StringBuilder();
    for (CacheInput input : inputs) {
      escape(input.name(), text);
      text.append('\t');
      escape(input.value(), text);
      text.append('\n');
    }
    return Summed.write(text.toString());
  }

  /** Returns the inputs in a text, or nothing if it is damaged. */
  static Optional<List<CacheInput>> read(String text) {
    return Summed.read(text).map(InputList::parse);
  }

  private static List<CacheInput> parse(String body) {
    List<CacheInput> inputs = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      int tab = line.indexOf('\t');
      if (tab >= 0) {
        inputs.add(
            new CacheInput(unescape(line.substring(0, tab)), unescape(line.substring(tab + 1))));
      }
    }
    return inputs;
  }

  /** Escapes what lines are cut at, and lone surrogates, which UTF-8 can't hold. */
  private static void escape(String text, StringBuilder out) {
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '\\' || Character.isSurrogate(c)) {
        out.append(text, done, i).append(String.format("\\%04x", (int) c));
        done = i + 1;
      }
    }
    out.append(text, done, text.length());
  }

  private static String unescape(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
        i += 4;
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }
}
