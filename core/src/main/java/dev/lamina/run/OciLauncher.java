// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts processes by an OCI runtime: runc or a program with its command line. */
final class OciLauncher implements Launcher {
  private static final int MAX_LOG = 64 * 1024;

  private final String program;

  OciLauncher(String program) {
    this.program = program;
  }

  @Override
  public String runtime() {
    return program;
  }

  @Override
  public String mountOptions() {
    return "";
  }

  /** Runtimes look a target up in the root as it is when they mount on it. */
  @Override
  public boolean followsLinksInMounts() {
    return false;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public List<String> command(Start start) throws IOException {
    // A user has no control groups to make; as the host's root, they are what guards its devices.
    boolean hasGroups = start.mounted().identity().isHostRoot();
    String cgroup = hasGroups ? "/lamina/" + start.id() : "";
    byte[] config = RuntimeConfig.of(start.spec(), start.root().toString(), start.mounts(), cgroup);
    Files.write(start.bundleFromHost().resolve("config.json"), config);
    List<String> command = new ArrayList<>(List.of(program, "--root", state(start)));
    command.addAll(List.of("--log", start.bundle().resolve("log").toString()));
    command.addAll(List.of("--log-format", "json"));
    if (program.equals("runc")) {
      command.add("--rootless=" + !hasGroups);
    } else if (!hasGroups) {
      command.add("--cgroup-manager=disabled");
    }
    command.addAll(List.of("run", "--bundle", start.bundle().toString(), start.id()));
    return command;
  }

  @Override
  public List<String> killCommand(Start start) {
    return List.of(program, "--root", state(start), "delete", "--force", start.id());
  }

  private static String state(Start start) {
    return start.session().resolve("ns/state").toString();
  }

  @Override
  public String startFailure(Start start) throws IOException {
    Path log = start.bundleFromHost().resolve("log");
    if (!Files.exists(log)) {
      return "";
    }
    try (var in = Files.newInputStream(log)) {
      String text = new String(in.readNBytes(MAX_LOG), StandardCharsets.UTF_8);
      return text.lines()
          .map(OciLauncher::failure)
          .filter(line -> !line.isEmpty())
          .reduce("", (a, b) -> b);
    }
  }

  private static String failure(String line) {
    try {
      JsonObject entry = JsonParser.parseString(line).getAsJsonObject();
      boolean failed = entry.has("level") && entry.get("level").getAsString().equals("error");
      return failed ? entry.get("msg").getAsString() : "";
    } catch (JsonParseException | IllegalStateException e) {
      return "";
    }
  }
}
