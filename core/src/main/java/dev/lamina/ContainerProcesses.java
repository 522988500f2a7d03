// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.EnvVariable;
import dev.lamina.run.RunEngines;
import dev.lamina.run.UserDatabase;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * The processes of a container. Those that run at the same time share a session; when the last of
 * them has ended, what they changed is written as a layer, read from there by the container's file
 * system, and the next session begins above it.
 */
final class ContainerProcesses implements Closeable {
  private final Image image;
  private final OverlayFileSystem files;
  private final ContainerLayers layers;
  private final Optional<RunEngine> chosen;
  private final List<ContainerProcess> running = new ArrayList<>(); // guarded by this
  private @Nullable FileTree seen; // guarded by this: what the session's processes can see
  private @Nullable RunSession session; // guarded by this
  private boolean closed; // guarded by this

  ContainerProcesses(
      Image image, OverlayFileSystem files, ContainerLayers layers, Optional<RunEngine> chosen) {
    this.image = image;
    this.files = files;
    this.layers = layers;
    this.chosen = chosen;
  }

  synchronized ContainerProcess start(Exec command, ProcessIo io, String hostname)
      throws IOException {
    if (closed) {
      throw new RunException("expected an open container, found a closed one");
    }
    collect();
    RunSession open = session;
    if (open == null || seen == null) {
      ContainerLayers.State state = layers.write();
      open = open(state);
      session = open;
      seen = state.tree();
    } else {
      FileTree now = files.snapshot();
      Changes edits = now.diff(seen);
      if (!edits.isEmpty()) {
        open.apply(edits);
        seen = now;
      }
    }
    ContainerProcess process =
        new ContainerProcess(open.start(spec(command, seen, hostname), io), this);
    running.add(process);
    return process;
  }

  private RunSession open(ContainerLayers.State state) throws IOException {
    RunEngine engine = chosen.isPresent() ? chosen.get() : RunEngines.host().choose();
    RootFs root = new RootFs(state.tree(), state.layers(), Changes.none());
    return engine.open(root, image.store().folder("run"));
  }

  private ProcessSpec spec(Exec command, FileTree root, String hostname) throws IOException {
    ContainerConfig config = image.config().config();
    Map<String, String> env = new LinkedHashMap<>();
    env.put("PATH", EnvVariable.DEFAULT_PATH);
    env.put("HOSTNAME", hostname);
    for (String text : config.env()) {
      EnvVariable variable = EnvVariable.parse(text);
      if (text.indexOf('=') > 0) { // else no process can be given it
        env.put(variable.name(), variable.value());
      }
    }
    env.putAll(command.environment());
    String user = command.user().orElse(config.user());
    String directory = command.workingDirectory().orElse(config.workingDir());
    return ProcessSpec.command(command.argv())
        .env(env)
        .user(UserDatabase.of(root).resolve(user))
        .workingDirectory(directory.isEmpty() ? "/" : directory)
        .hostname(hostname)
        .build();
  }

  /** Takes over what the session's processes changed, if none of them runs any more. */
  synchronized void collect() throws IOException {
    running.removeIf(process -> !process.isAlive());
    RunSession ended = session;
    if (ended == null || !running.isEmpty()) {
      return;
    }
    session = null;
    try (ended) {
      Changes changes = ended.changes();
      if (!changes.isEmpty()) {
        ended.committed(layers.add(changes));
      }
    }
  }

  /** Ends all processes and takes over what they changed. */
  synchronized void end() throws IOException {
    for (ContainerProcess process : running) {
      process.process().kill();
    }
    collect();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    RunSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
