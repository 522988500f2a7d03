// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.BuildEvent;
import dev.lamina.event.LogStream;
import dev.lamina.event.StepInfo;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.spi.Checkout;
import dev.lamina.spi.FileSource;
import dev.lamina.spi.GitSource;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.RemoteFile;
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

/** One step while its layer is made. */
final class LayerExecution implements LayerContext, Closeable {
  private final BuildServices services;
  private final StepInfo step;
  private final OverlayFileSystem fileSystem;
  private final StepSources sources;
  private final List<Path> temporary = new ArrayList<>();
  private final long startNanos = System.nanoTime();

  LayerExecution(
      BuildServices services, StepInfo step, OverlayFileSystem fileSystem, StepSources sources) {
    this.services = services;
    this.step = step;
    this.fileSystem = fileSystem;
    this.sources = sources;
  }

  @Override
  public OverlayFileSystem fileSystem() {
    return fileSystem;
  }

  @Override
  public FileTree tree(FileSource source) throws IOException {
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
  public Path cacheFolder(String id) throws IOException {
    return services.cacheMount(id);
  }

  @Override
  public Path temporaryFile() throws IOException {
    Path file = Files.createTempFile(services.store().folder("temporary"), "layer-", "");
    temporary.add(file);
    return file;
  }

  /** Removes the temporary files. */
  @Override
  public void close() throws IOException {
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
