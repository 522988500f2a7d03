// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes words so that a Dockerfile's parser reads them as they were. */
final class Words {
  private Words() {}

  /** Returns a text that is one line, and doesn't go on in the next. */
  static String line(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("expected one line, found " + text);
    }
    if (text.stripTrailing().endsWith("\\")) {
      throw new IllegalArgumentException("expected a line that ends there, found " + text);
    }
    return text;
  }

  /** Returns a text that is one word without quotes. */
  static String plain(String text) {
    if (text.isEmpty() || text.matches("(?s).*[\\s\"'\\\\].*")) {
      throw new IllegalArgumentException(
          "expected a word without blanks and quotes, found \"" + text + '"');
    }
    return text;
  }

  static String json(List<String> words) {
    StringBuilder json = new StringBuilder("[");
    for (String word : words) {
      json.append(json.length() > 1 ? ", " : "").append('"');
      word.chars().forEach(c -> escape(json, (char) c));
      json.append('"');
    }
    return json.append(']').toString();
  }

  private static void escape(StringBuilder json, char c) {
    if (c == '"' || c == '\\') {
      json.append('\\').append(c);
    } else if (c < ' ') {
      json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      json.append(c);
    }
  }

  /** Returns a value in double quotes, in which variables are still expanded. */
  static String quoted(String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("expected a value on one line, found " + value);
    }
    return '"' + escaped(value).replace("\"", "\\\"") + '"';
  }

  /** A backslash before a dollar says that no variable begins there; any other is one. */
  private static String escaped(String value) {
    return value.replaceAll("\\\\(?!\\$)", "\\\\\\\\");
  }

  /** Returns a JSON array of words that are expanded, and so unquoted, once more. */
  static String paths(List<String> paths) {
    return json(
        paths.stream()
            .map(path -> escaped(path).replace("\"", "\\\"").replace("'", "\\'"))
            .toList());
  }

  /** Returns pairs in the order of their names. */
  static String pairs(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(pair -> name(pair.getKey()) + "=" + quoted(pair.getValue()))
            .collect(Collectors.joining(" "));
  }

  private static String name(String name) {
    return name.matches("[A-Za-z0-9_./-]+") ? name : quoted(name);
  }

  /** Returns a shell command: on one line if it is one, else as a heredoc. */
  static String command(String command) {
    boolean plain =
        command.indexOf('\n') < 0
            && command.indexOf('\r') < 0
            && !command.stripTrailing().endsWith("\\");
    if (plain) {
      return command;
    }
    String body = command.endsWith("\n") ? command : command + "\n";
    String mark = mark(body);
    return "<<'" + mark + "'\n" + body + mark;
  }

  /** Returns a word that is no line of a text. */
  static String mark(String text) {
    String mark = "EOF";
    while (text.contains(mark)) {
      mark += "_";
    }
    return mark;
  }
}
