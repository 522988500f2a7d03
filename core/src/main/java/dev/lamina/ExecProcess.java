// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.spi.ProcessIo;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process of a container in the form the JDK gives processes. */
final class ExecProcess extends Process {
  private final Pipe stdin = Pipe.open();
  private final Pipe stdout = Pipe.open();
  private final Pipe stderr = Pipe.open();
  private final OutputStream toStdin = Channels.newOutputStream(stdin.sink());
  private final InputStream fromStdout = Channels.newInputStream(stdout.source());
  private final InputStream fromStderr = Channels.newInputStream(stderr.source());
  private final ContainerProcess process;

  private ExecProcess(Container container, Exec command) throws IOException {
    process =
        container.start(
            command,
            new ProcessIo(
                Optional.of(Channels.newInputStream(stdin.source())),
                Channels.newOutputStream(stdout.sink()),
                Channels.newOutputStream(stderr.sink())));
  }

  static ExecProcess start(Container container, Exec command) throws IOException {
    ExecProcess started = new ExecProcess(container, command);
    Thread watcher = new Thread(started::closePipesAtTheEnd, "lamina-exec");
    watcher.setDaemon(true);
    watcher.start();
    return started;
  }

  /** Who reads the output sees its end, and who writes the input a broken pipe. */
  private void closePipesAtTheEnd() {
    try {
      int unused = process.process().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(stdout.sink());
      closeQuietly(stderr.sink());
      closeQuietly(stdin.source());
    }
  }

  private static void closeQuietly(Closeable end) {
    try {
      end.close();
    } catch (IOException e) {
      // The other end is gone: nobody waits for this one.
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return toStdin;
  }

  @Override
  public InputStream getInputStream() {
    return fromStdout;
  }

  @Override
  public InputStream getErrorStream() {
    return fromStderr;
  }

  @Override
  public int waitFor() throws InterruptedException {
    try {
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    return end(Duration.ofNanos(unit.toNanos(timeout))).isPresent();
  }

  private OptionalInt end(Duration patience) throws InterruptedException {
    try {
      return process.waitFor(patience);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int exitValue() {
    try {
      return end(Duration.ZERO)
          .orElseThrow(() -> new IllegalThreadStateException("the process has not ended"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalThreadStateException("interrupted");
    }
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** There is no asking a container's process: it and all it started are ended at once. */
  @Override
  public void destroy() {
    closeQuietly(stdout.source()); // a process that waits for its reader can't be pumped empty
    closeQuietly(stderr.source());
    try {
      process.kill();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Process destroyForcibly() {
    destroy();
    return this;
  }

  @Override
  public boolean supportsNormalTermination() {
    return false;
  }
}
