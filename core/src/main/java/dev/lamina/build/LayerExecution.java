// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.event.LogStream;
import dev.lamina.event.StepInfo;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
import dev.lamina.spi.Checkout;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.ProcessResult;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RemoteFile;
import dev.lamina.spi.RootFs;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.annotation.Nullable;

/** One step while its layer is made. */
final class LayerExecution implements LayerContext, Closeable {
  private final BuildServices services;
  private final StepInfo step;
  private final OverlayFileSystem fileSystem;
  private final List<Layer> layers;
  private final StepSources sources;
  private final List<Path> temporary = new ArrayList<>();
  private @Nullable StepProcesses processes;
  private final long startNanos = System.nanoTime();

  /**
   * Starts an execution.
   *
   * @param layers the layers that the file system's base is made of
   */
  LayerExecution(
      BuildServices services,
      StepInfo step,
      OverlayFileSystem fileSystem,
      List<Layer> layers,
      StepSources sources) {
    this.services = services;
    this.step = step;
    this.fileSystem = fileSystem;
    this.layers = layers;
    this.sources = sources;
  }

  @Override
  public ProcessResult run(ProcessSpec process) throws IOException, InterruptedException {
    StepProcesses open = processes;
    if (open == null) {
      open =
          new StepProcesses(
              services.request().engines().choose(),
              services.store().folder("run"),
              fileSystem,
              layers);
      processes = open;
    }
    RunOptions options = services.request().runOptions();
    return open.run(options.applyTo(process), options.timeout(), this::log);
  }

  @Override
  public RootFs root(FileSource source) throws IOException, InterruptedException {
    return sources.root(source);
  }

  /** Tells that the changed files were written as a layer. */
  void committed(Layer layer) throws IOException {
    if (processes != null) {
      processes.committed(layer);
    }
  }

  @Override
  public OverlayFileSystem fileSystem() {
    return fileSystem;
  }

  @Override
  public FileTree tree(FileSource source) throws IOException, InterruptedException {
    return sources.tree(source);
  }

  @Override
  public RemoteFile fetch(URI url) throws IOException, InterruptedException {
    return sources.fetch(url);
  }

  @Override
  public Checkout checkout(GitSource source, boolean keepGitDir)
      throws IOException, InterruptedException {
    return sources.checkout(source, keepGitDir);
  }

  @Override
  public Instant now() {
    return services.request().epoch().orElseGet(() -> services.request().clock().instant());
  }

  @Override
  public Optional<byte[]> secret(String id) throws IOException {
    return services.request().secrets().secret(id);
  }

  @Override
  public Optional<Path> sshAgent(String id) {
    return services.request().secrets().sshAgent(id);
  }

  @Override
  public Path temporaryFile() throws IOException {
    Path file = Files.createTempFile(services.store().folder("temporary"), "layer-", "");
    temporary.add(file);
    return file;
  }

  /** Ends what runs and removes the temporary files. */
  @Override
  public void close() throws IOException {
    if (processes != null) {
      processes.close();
    }
    for (Path file : temporary) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void log(LogStream stream, String line) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    services.events().tell(new BuildEvent.StepLog(step, stream, line, elapsed));
  }

  @Override
  public void progress(String subject, long bytes, OptionalLong total) {
    services.events().tell(new BuildEvent.StepProgress(step, subject, bytes, total));
  }
}
