// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the instruction of a history entry readable again. */
final class Instructions {
  private static final String BUILDKIT = " # buildkit";
  private static final String SHELL = "/bin/sh -c ";
  private static final Pattern ARGS = Pattern.compile("\\|(\\d+) ");

  private Instructions() {}

  /**
   * Returns what Docker or BuildKit noted in {@code created_by} as an instruction on one line: the
   * shell that was put before it, the marks of the builder and the values of its arguments are left
   * out.
   */
  static String readable(String createdBy) {
    String text = createdBy.strip().replaceAll("\\s+", " ");
    boolean buildkit = text.endsWith(BUILDKIT);
    if (buildkit) {
      text = text.substring(0, text.length() - BUILDKIT.length());
    }
    if (text.startsWith("RUN ")) {
      return "RUN " + withoutShell(withoutArgs(text.substring(4)));
    }
    String command = withoutArgs(text);
    if (!command.startsWith(SHELL)) {
      return text;
    }
    command = command.substring(SHELL.length());
    return command.startsWith("#(nop) ")
        ? command.substring("#(nop) ".length()).strip()
        : "RUN " + command;
  }

  private static String withoutShell(String command) {
    return command.startsWith(SHELL) ? command.substring(SHELL.length()) : command;
  }

  /** Cuts {@code |2 A=1 B=2 } off, if the shell comes after it: values may hold blanks. */
  private static String withoutArgs(String command) {
    Matcher args = ARGS.matcher(command);
    int shell = command.indexOf(SHELL);
    return args.lookingAt() && shell > 0 ? command.substring(shell) : command;
  }
}
