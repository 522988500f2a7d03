// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.Probe;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.annotation.Nullable;

/**
 * Runs processes of this Linux host, by one of the programs that can confine them. Safe for use by
 * several threads.
 */
final class HostEngine implements RunEngine {
  private final String name;
  private final String program;
  private final Launcher launcher;
  private final ToolRoot tools;
  private final List<RootKind> kinds;
  private @Nullable Identity identity; // guarded by this

  private HostEngine(
      String name, String program, Launcher launcher, ToolRoot tools, List<RootKind> kinds) {
    this.name = name;
    this.program = program;
    this.launcher = launcher;
    this.tools = tools;
    this.kinds = List.copyOf(kinds);
  }

  /** Returns an engine that uses an OCI runtime. */
  static HostEngine oci(String program) {
    return new HostEngine(
        program, program, new OciLauncher(program), new ToolRoot(), List.of(RootKind.values()));
  }

  /** Returns an engine that uses bubblewrap. */
  static HostEngine bubblewrap() {
    ToolRoot tools = new ToolRoot();
    return new HostEngine(
        "bubblewrap", "bwrap", new BubblewrapLauncher(tools), tools, List.of(RootKind.values()));
  }

  /** Returns an engine that needs util-linux only. */
  static HostEngine unshare() {
    ToolRoot tools = new ToolRoot();
    return new HostEngine(
        "unshare", "unshare", new UnshareLauncher(tools), tools, List.of(RootKind.values()));
  }

  /** Returns this engine with certain ways to make a root. */
  HostEngine with(List<RootKind> otherKinds) {
    return new HostEngine(name, program, launcher, tools, otherKinds);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Probe probe() {
    return EngineProbe.run(program, this, launcher.warnings());
  }

  /** Returns as whom processes run here; a user name space is made once. */
  synchronized Identity identity() throws IOException {
    Identity known = identity;
    if (known == null) {
      boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
      known = root ? Identity.root() : UserNamespace.enter();
      identity = known;
    }
    return known;
  }

  @Override
  public EngineSession open(RootFs root, Path folder) throws IOException {
    RootMounter mounter = RootMounter.open(identity(), tools, kinds, folder);
    return new EngineSession(root, launcher, mounter);
  }
}
