// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.event.LogStream;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessResult;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import dev.lamina.spi.StepException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/** The processes of one step. Their session lives until the step's layer is written. */
final class StepProcesses implements Closeable {
  private static final int LAST_LINES = 20;

  private final RunEngine engine;
  private final Path folder;
  private final OverlayFileSystem files;
  private final List<Layer> layers;
  private @Nullable RunSession session;
  private FileTree seen;
  private boolean pure;

  /**
   * Makes the processes of a step.
   *
   * @param folder where the engine keeps what outlives a session
   * @param files what the processes find, and where what they change goes
   * @param layers the layers of the files' base
   */
  StepProcesses(RunEngine engine, Path folder, OverlayFileSystem files, List<Layer> layers) {
    this.engine = engine;
    this.folder = folder;
    this.files = files;
    this.layers = layers;
    this.seen = files.base();
  }

  /**
   * Runs a process and lays what it changed over the files.
   *
   * @throws StepException if it runs for longer than it may
   */
  ProcessResult run(
      ProcessSpec process, Optional<Duration> timeout, BiConsumer<LogStream, String> log)
      throws IOException, InterruptedException {
    RunSession open = openSession();
    Deque<String> last = new ArrayDeque<>();
    ProcessIo io =
        ProcessIo.lines(
            line -> hear(LogStream.STDOUT, line, last, log),
            line -> hear(LogStream.STDERR, line, last, log));
    RunningProcess running = open.start(process, io);
    int exitCode;
    try {
      exitCode = timeout.isEmpty() ? running.waitFor() : waitFor(running, process, timeout.get());
    } finally {
      running.kill(); // also what it left running
    }
    if (exitCode == 0) {
      FileTree after = files.base().apply(open.changes());
      files.apply(after.diff(seen));
      seen = files.snapshot();
    }
    synchronized (last) {
      return new ProcessResult(exitCode, List.copyOf(last));
    }
  }

  private static int waitFor(RunningProcess running, ProcessSpec process, Duration timeout)
      throws StepException, InterruptedException {
    return running
        .waitFor(timeout)
        .orElseThrow(
            () ->
                new StepException(
                    "process \""
                        + String.join(" ", process.argv())
                        + "\" was ended: it ran for longer than "
                        + timeout.toMillis()
                        + " ms"));
  }

  private static void hear(
      LogStream stream, String line, Deque<String> last, BiConsumer<LogStream, String> log) {
    synchronized (last) {
      last.addLast(line);
      if (last.size() > LAST_LINES) {
        last.removeFirst();
      }
    }
    log.accept(stream, line);
  }

  private RunSession openSession() throws IOException {
    RunSession open = session;
    FileTree now = files.snapshot();
    if (open == null) {
      Changes pending = now.diff(files.base());
      pure = pending.isEmpty();
      open = engine.open(new RootFs(files.base(), layers, Changes.none()), folder);
      session = open;
      if (!pending.isEmpty()) {
        open.apply(pending);
      }
    } else {
      if (now != seen) {
        open.apply(now.diff(seen));
      }
      pure = pure && now == seen;
    }
    seen = now;
    return open;
  }

  /** Tells the engine that what its processes changed, and no more, is a layer now. */
  void committed(Layer layer) throws IOException {
    if (session != null && pure && files.snapshot() == seen) {
      session.committed(layer);
    }
  }

  @Override
  public void close() throws IOException {
    if (session != null) {
      session.close();
    }
  }
}
