// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.Probe;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs processes by an OCI runtime, in a kernel overlay. Safe for use by several threads. */
final class OciEngine implements RunEngine {
  private static final List<String> UNSHARE =
      List.of(
          "unshare",
          "--mount",
          "--propagation",
          "private",
          "--pid",
          "--fork",
          "--kill-child",
          "--mount-proc",
          "--");

  private final String program;

  OciEngine(String program) {
    this.program = program;
  }

  @Override
  public String name() {
    return program;
  }

  @Override
  public Probe probe() {
    return EngineProbe.run(program, this::open, "install " + program + " and run as root");
  }

  @Override
  public OverlaySession open(RootFs root, Path folder) throws IOException {
    Unpacker unpacker = new Unpacker(List.of(), true);
    Workspace workspace = Workspace.open(folder, "root", unpacker::remove);
    return OverlaySession.open(root, new OciLauncher(program), UNSHARE, unpacker, workspace);
  }
}
