// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.spi.Probe;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunningProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Finds out whether an engine works, by running the host's own shell with it, in an empty root. */
final class EngineProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final List<String> COMMAND = List.of("sh", "-c", ":");

  /** Where a host keeps its shell and what that needs. */
  private static final List<String> PROGRAMS =
      List.of("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/usr", "/nix", "/gnu");

  private EngineProbe() {}

  static Probe run(String program, HostEngine engine, List<String> warnings) {
    String remedy =
        "install " + program + ", and run as root or where users may make user name spaces";
    if (!System.getProperty("os.name").equals("Linux")) {
      return unavailable(
          List.of(),
          OptionalInt.empty(),
          "expected Linux, found " + System.getProperty("os.name"),
          remedy);
    }
    Optional<Path> file = find(program);
    if (file.isEmpty()) {
      return unavailable(List.of(program), OptionalInt.empty(), program + ": not found", remedy);
    }
    try {
      Path folder = Files.createTempDirectory("lamina-probe");
      try {
        return run(program, engine, warnings, folder, remedy);
      } finally {
        HostCommand.Result<String> unused =
            HostCommand.run(
                engine.identity().inside(List.of("rm", "-rf", "--", folder.toString())));
      }
    } catch (IOException e) {
      return unavailable(
          List.of(program), OptionalInt.empty(), String.valueOf(e.getMessage()), remedy);
    }
  }

  private static Probe run(
      String program, HostEngine engine, List<String> warnings, Path folder, String remedy)
      throws IOException {
    RootFs root = new RootFs(FileTree.empty(), List.of(), Changes.none());
    ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    ProcessSpec spec = ProcessSpec.command(COMMAND).env(Map.of("PATH", "/usr/bin:/bin")).build();
    try (EngineSession session = engine.open(root, folder)) {
      List<Path> programs = PROGRAMS.stream().map(Path::of).filter(Files::isDirectory).toList();
      RunningProcess process =
          session.start(spec, new ProcessIo(Optional.empty(), stderr, stderr), programs);
      OptionalInt code = process.waitFor(PATIENCE);
      process.kill();
      if (code.isPresent() && code.getAsInt() == 0) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(engine.identity().warnings());
        return new Probe.Available(
            program + ", " + engine.identity().description() + ", " + session.rootKind(), all);
      }
      String last = HostCommand.last(stderr.toString(StandardCharsets.UTF_8));
      return unavailable(
          List.of(program, "run", "sh", "-c", ":"),
          code,
          code.isPresent()
              ? last
              : "expected an end within " + PATIENCE.toSeconds() + " s, found none",
          remedy);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable(List.of(program), OptionalInt.empty(), "interrupted", remedy);
    }
  }

  private static Probe unavailable(
      List<String> command, OptionalInt code, String reason, String remedy) {
    return new Probe.Unavailable(command, code, reason, remedy);
  }

  /** Finds a program as a shell would. */
  static Optional<Path> find(String program) {
    return Stream.of(HostCommand.path().split(":"))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
