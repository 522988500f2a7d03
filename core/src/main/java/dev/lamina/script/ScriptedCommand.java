// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import java.io.IOException;

/** What a command of a {@link RunScript} does. */
@FunctionalInterface
public interface ScriptedCommand {

  /**
   * Does it. An exception that is thrown ends the command with exit code 1, and its stack trace is
   * what the command wrote to stderr.
   *
   * @param run the files, the command and its output
   */
  void run(ScriptedRun run) throws IOException, InterruptedException;
}
