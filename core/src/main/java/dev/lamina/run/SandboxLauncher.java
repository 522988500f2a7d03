// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import java.util.List;

/**
 * Starts processes without an OCI runtime: the {@link SandboxScript} runs in a root of the host's
 * programs, and nobody but the process itself says why it was not started.
 */
abstract class SandboxLauncher implements Launcher {
  /** What the kernel could do and no program without a runtime makes it do. */
  static final String WARNING =
      "system calls are not filtered, and there are no control groups: runc and crun have both";

  /** The file in the bundle that {@link #command} must have its process write its number to. */
  static final String PID = "pid";

  private static final String KILL = "kill -9 $(cat \"$1\")";

  private final ToolRoot tools;

  SandboxLauncher(ToolRoot tools) {
    this.tools = tools;
  }

  /** Returns where the host's programs are. */
  final ToolRoot tools() {
    return tools;
  }

  @Override
  public final String runtime() {
    return "none";
  }

  /** Without control groups, this is what keeps a device an image makes from being opened. */
  @Override
  public final String mountOptions() {
    return "nodev,";
  }

  @Override
  public final List<String> killCommand(Start start) {
    return List.of("sh", "-c", KILL, "lamina-kill", start.bundle().resolve(PID).toString());
  }

  @Override
  public final String startFailure(Start start) {
    return "";
  }
}
