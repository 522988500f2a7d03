// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * What RUN, CMD, ENTRYPOINT or HEALTHCHECK runs: a line for the shell, or a program with arguments.
 */
public sealed interface CommandLine {

  /** Returns the shell form of {@code line}. */
  static CommandLine shell(String line) {
    return new ShellForm(line);
  }

  /** Returns the exec form: the program and its arguments. */
  static CommandLine exec(String... arguments) {
    return new ExecForm(List.of(arguments));
  }

  /** Returns whether there is nothing to run. */
  boolean isEmpty();

  /**
   * Returns the words as BuildKit counts them: the arguments of the exec form; the line, unless
   * empty, of the other.
   */
  List<String> words();

  /**
   * A line that the stage's SHELL runs.
   *
   * @param line the line with continuations joined, not expanded; empty if nothing followed the
   *     keyword
   */
  record ShellForm(String line) implements CommandLine {
    @Override
    public boolean isEmpty() {
      return line.isEmpty();
    }

    @Override
    public List<String> words() {
      return line.isEmpty() ? List.of() : List.of(line);
    }
  }

  /**
   * A program run without a shell, written as a JSON array.
   *
   * @param arguments the program and its arguments
   */
  record ExecForm(List<String> arguments) implements CommandLine {
    public ExecForm {
      arguments = List.copyOf(arguments);
    }

    @Override
    public boolean isEmpty() {
      return arguments.isEmpty();
    }

    @Override
    public List<String> words() {
      return arguments;
    }
  }
}
