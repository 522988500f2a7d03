// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
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
  private final Optional<RunEngine> chosen;
  private final List<Layer> layers; // guarded by this
  private final List<ContainerProcess> running = new ArrayList<>(); // guarded by this
  private FileTree written; // guarded by this: what the layers hold
  private FileTree seen; // guarded by this: what the session was opened with
  private @Nullable RunSession session; // guarded by this
  private boolean closed; // guarded by this

  ContainerProcesses(Image image, OverlayFileSystem files, Optional<RunEngine> chosen) {
    this.image = image;
    this.files = files;
    this.chosen = chosen;
    this.layers = new ArrayList<>(image.layers());
    this.written = files.base();
    this.seen = files.base();
  }

  synchronized ContainerProcess start(Exec command, ProcessIo io, String hostname)
      throws IOException {
    if (closed) {
      throw new RunException("expected an open container, found a closed one");
    }
    collect();
    FileTree now = files.snapshot();
    RunSession current = session == null ? open(now) : session;
    session = current;
    Changes edits = now.diff(seen);
    if (!edits.isEmpty()) {
      current.apply(edits);
      seen = now;
    }
    ContainerProcess process =
        new ContainerProcess(current.start(spec(command, now, hostname), io), this);
    running.add(process);
    return process;
  }

  private RunSession open(FileTree now) throws IOException {
    RunEngine engine = chosen.isPresent() ? chosen.get() : RunEngines.host().choose();
    Changes edits = now.diff(written);
    if (!edits.isEmpty()) {
      layers.add(image.store().layers().commit(edits));
      written = now;
    }
    seen = now;
    return engine.open(new RootFs(now, layers, Changes.none()), image.store().folder("run"));
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
        Layer layer = image.store().layers().commit(changes);
        files.apply(layer.changes());
        layers.add(layer);
        written = written.apply(layer.changes());
        ended.committed(layer);
      }
    }
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
