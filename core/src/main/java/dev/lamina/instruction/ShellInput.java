// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.CommandLine;
import dev.lamina.dockerfile.Heredoc;
import dev.lamina.dockerfile.Run;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a RUN gives to the shell. If a heredoc is all there is, its body is the script, or, if that
 * begins with {@code #!}, a program of its own; anything else is for the shell, heredocs attached.
 *
 * @param isForShell whether the shell runs it at all
 * @param line what the shell is given
 * @param file the program, to be found in {@code /dev/pipes}
 */
record ShellInput(boolean isForShell, String line, Optional<Heredoc> file) {
  static final String FOLDER = "/dev/pipes";
  private static final Pattern ONLY_HEREDOC =
      Pattern.compile("\\d*<<-?\\s*(?:[^\\s<\"'\\\\]|\\\\.|\"[^\"]*\"|'[^']*')+");

  static ShellInput of(Run run) {
    if (!(run.command() instanceof CommandLine.ShellForm shell)) {
      return new ShellInput(false, "", Optional.empty());
    }
    if (run.heredocs().isEmpty()) {
      return new ShellInput(true, shell.line(), Optional.empty());
    }
    Heredoc first = run.heredocs().get(0);
    if (!ONLY_HEREDOC.matcher(shell.line()).matches()) {
      return new ShellInput(true, withDocuments(shell.line(), run), Optional.empty());
    }
    return first.content().startsWith("#!")
        ? new ShellInput(true, FOLDER + "/" + first.name(), Optional.of(first))
        : new ShellInput(true, first.body(), Optional.empty());
  }

  private static String withDocuments(String line, Run run) {
    StringBuilder text = new StringBuilder(line);
    for (Heredoc heredoc : run.heredocs()) {
      text.append('\n').append(heredoc.content()).append(heredoc.name());
    }
    return text.toString();
  }
}
