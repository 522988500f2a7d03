// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.spi.Probe;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs every process as a Java method in the stage's files: what a process does without a kernel.
 */
final class LambdaEngine implements RunEngine {
  private final Command command;

  /** What a process does. */
  interface Command {
    void run(ProcessSpec process, OverlayFileSystem files) throws Exception;
  }

  LambdaEngine(Command command) {
    this.command = command;
  }

  /** Returns the last word of a process's command: what stands after {@code RUN}. */
  static String line(ProcessSpec process) {
    return process.argv().get(process.argv().size() - 1);
  }

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public Probe probe() {
    return new Probe.Available("lambda", List.of());
  }

  @Override
  public RunSession open(RootFs root, Path folder) {
    return new Session(OverlayFileSystem.over(root.tree()));
  }

  private final class Session implements RunSession {
    private final OverlayFileSystem files;
    private final FileTree base;

    Session(OverlayFileSystem files) {
      this.files = files;
      this.base = files.base();
    }

    @Override
    public RunningProcess start(ProcessSpec spec, ProcessIo io) {
      return new Running(spec, files);
    }

    @Override
    public Changes changes() throws IOException {
      return files.snapshot().diff(base);
    }

    @Override
    public void apply(Changes changes) throws IOException {
      files.apply(changes);
    }

    @Override
    public void close() throws IOException {
      files.close();
    }
  }

  private final class Running implements RunningProcess {
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Thread thread;

    Running(ProcessSpec spec, OverlayFileSystem files) {
      thread =
          new Thread(
              () -> {
                try {
                  command.run(spec, files);
                  exit.complete(0);
                } catch (Exception e) {
                  exit.complete(1);
                }
              });
      thread.start();
    }

    @Override
    public int waitFor() throws InterruptedException {
      try {
        return exit.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws InterruptedException {
      try {
        return OptionalInt.of(exit.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException e) {
        return OptionalInt.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean isAlive() {
      return !exit.isDone();
    }

    @Override
    public void kill() {
      thread.interrupt();
      Optional.of(exit).filter(e -> !e.isDone()).ifPresent(CompletableFuture::join);
    }
  }
}
