// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which commands a line of a script is for, and what a command is. */
final class CommandPattern {
  private final String text;
  private final Pattern pattern;

  private CommandPattern(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /** Returns a pattern in which {@code *} stands for any text, the first ones for the shortest. */
  static CommandPattern of(String text) {
    StringBuilder regex = new StringBuilder();
    int from = 0;
    for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', from)) {
      regex.append(Pattern.quote(text.substring(from, star))).append("(.*?)");
      from = star + 1;
    }
    regex.append(Pattern.quote(text.substring(from)));
    return new CommandPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Returns what each wildcard stands for, if a command matches. */
  Optional<List<String>> match(String command) {
    Matcher matcher = pattern.matcher(command);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    List<String> wildcards = new ArrayList<>();
    for (int i = 1; i <= matcher.groupCount(); i++) {
      wildcards.add(matcher.group(i));
    }
    return Optional.of(List.copyOf(wildcards));
  }

  /** Returns what a shell is given, or a program and its arguments with blanks between. */
  static String text(List<String> argv) {
    int last = argv.size() - 1;
    boolean shell = last >= 2 && argv.get(last - 1).matches("-[a-zA-Z]*c");
    return (shell ? argv.get(last) : String.join(" ", argv)).strip();
  }

  /** Returns the commands of a line that are joined by {@code &&}, quotes looked at. */
  static List<String> parts(String line) {
    List<String> parts = new ArrayList<>();
    char quote = 0;
    int from = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quote != '\'') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (line.startsWith("&&", i)) {
        parts.add(line.substring(from, i).strip());
        i++;
        from = i + 1;
      }
    }
    parts.add(line.substring(from).strip());
    return parts;
  }

  @Override
  public String toString() {
    return text;
  }
}
