// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.CommandLine;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Platform;
import java.util.ArrayList;
import java.util.List;

/** Command lines as a process gets them: the shell form is given to the stage's shell. */
final class CommandLines {
  private static final List<String> LINUX = List.of("/bin/sh", "-c");
  private static final List<String> WINDOWS = List.of("cmd", "/S", "/C");

  private CommandLines() {}

  static List<String> arguments(CommandLine line, ContainerConfig config, Platform platform) {
    return line instanceof CommandLine.ShellForm shell
        ? withShell(shell.line(), config, platform)
        : line.words();
  }

  static List<String> withShell(String line, ContainerConfig config, Platform platform) {
    List<String> arguments = new ArrayList<>(config.shell());
    if (arguments.isEmpty()) {
      arguments.addAll(platform.os().equals("windows") ? WINDOWS : LINUX);
    }
    arguments.add(line);
    return arguments;
  }
}
