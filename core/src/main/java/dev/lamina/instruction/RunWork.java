// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.run.UserDatabase;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.LayerInputs;
import dev.lamina.spi.LayerWork;
import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessResult;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.SecurityMode;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layer of a RUN.
 *
 * @param arguments the program and its arguments
 * @param variables its environment
 * @param declared which of its variables are build arguments
 * @param proxies more of the environment, which make no difference to the cache
 * @param directory where it is run
 * @param user as whom, as the image's config has it
 * @param mounts what it finds mounted
 * @param hostname the host name it sees, or {@code ""} for the engine's
 * @param network the network it sees
 * @param security how it is confined
 */
record RunWork(
    List<String> arguments,
    Map<String, String> variables,
    Set<String> declared,
    Map<String, String> proxies,
    String directory,
    String user,
    List<RunMounts.Planned> mounts,
    String hostname,
    NetworkMode network,
    SecurityMode security)
    implements LayerWork {

  @Override
  public void declare(LayerInputs inputs) throws IOException, InterruptedException {
    inputs.add("command", String.join("\0", arguments));
    variables.forEach(
        (name, value) ->
            inputs.add((declared.contains(name) ? "build argument " : "variable ") + name, value));
    inputs.add("working directory", directory);
    inputs.add("user", user);
    if (!hostname.isEmpty()) {
      inputs.add("host name", hostname);
    }
    inputs.add("network", network.name());
    inputs.add("security", security.name());
    for (RunMounts.Planned mount : mounts) {
      mount.declare(inputs);
    }
  }

  @Override
  public void checkSource(FileSource source, FileTree files) throws IOException {
    for (RunMounts.Planned mount : mounts) {
      mount.checkSource(source, files);
    }
  }

  @Override
  public void execute(LayerContext layer) throws IOException, InterruptedException {
    ProcessSpec.Builder process =
        ProcessSpec.command(arguments)
            .workingDirectory(directory)
            .user(UserDatabase.of(layer.fileSystem().base()).resolve(user))
            .network(network)
            .security(security);
    if (!hostname.isEmpty()) {
      process = process.hostname(hostname);
    }
    RunMounts.Environment environment = new RunMounts.Environment();
    for (RunMounts.Planned mount : mounts) {
      mount.add(process, environment, layer);
    }
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(proxies);
    environment.visible().forEach(all::putIfAbsent);
    ProcessResult result = layer.run(process.env(all).secretEnv(environment.secret()).build());
    if (result.exitCode() != 0) {
      throw new StepException(failure(result));
    }
  }

  private String failure(ProcessResult result) {
    StringBuilder text = new StringBuilder("process \"");
    text.append(String.join(" ", arguments));
    text.append("\" did not complete successfully: exit code: ").append(result.exitCode());
    result.lastLines().forEach(line -> text.append("\n    ").append(line));
    return text.toString();
  }
}
