// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A host process whose streams are pumped to and from a {@link ProcessIo}, by one thread each.
 *
 * <p>Safe for use by several threads.
 */
final class PumpedProcess implements RunningProcess {
  private static final int CHUNK = 16 * 1024;
  private static final int UNKNOWN = -1;

  private final Process process;
  private final Hooks hooks;
  private final List<Thread> readers = new ArrayList<>();
  private final CompletableFuture<Void> givenBack;
  private int code = UNKNOWN; // guarded by this

  private PumpedProcess(Process process, Hooks hooks) {
    this.process = process;
    this.hooks = hooks;
    this.givenBack = process.onExit().thenRun(this::giveBack);
  }

  /** What the engine does that started the process. */
  interface Hooks {
    /** Ends everything the process started, and with that the process. */
    void kill();

    /** Returns why the command was not started at all; empty if it was. */
    String startFailure() throws IOException;

    /** Gives back what was held for the process, which has ended. */
    void ended() throws IOException;
  }

  /** Starts pumping; the threads are called after {@code name}. */
  static PumpedProcess pump(Process process, ProcessIo io, String name, Hooks hooks) {
    PumpedProcess pumped = new PumpedProcess(process, hooks);
    pumped.readers.add(reader(name + "-stdout", process.getInputStream(), io.stdout()));
    pumped.readers.add(reader(name + "-stderr", process.getErrorStream(), io.stderr()));
    OutputStream stdin = process.getOutputStream();
    if (io.stdin().isPresent()) {
      Thread unusedThread = daemon(name + "-stdin", () -> copyAndClose(io.stdin().get(), stdin));
    } else {
      closeQuietly(stdin);
    }
    return pumped;
  }

  private void giveBack() {
    try {
      hooks.ended();
    } catch (IOException e) {
      // What could not be given back goes with the session.
    }
  }

  private static Thread reader(String name, InputStream from, OutputStream to) {
    return daemon(
        name,
        () -> {
          byte[] chunk = new byte[CHUNK];
          OutputStream sink = to;
          try (from) {
            for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
              sink = write(sink, chunk, n);
            }
            sink.flush();
          } catch (IOException e) {
            // The pipe is gone with the process, or the sink is full: there is nothing more to do.
          }
        });
  }

  /**
   * Writes on; a sink that fails gets nothing more, but the process must not block on a full pipe.
   */
  private static OutputStream write(OutputStream to, byte[] chunk, int count) {
    try {
      to.write(chunk, 0, count);
      return to;
    } catch (IOException | RuntimeException e) {
      return OutputStream.nullOutputStream();
    }
  }

  private static void copyAndClose(InputStream from, OutputStream to) {
    byte[] chunk = new byte[CHUNK];
    try (to) {
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        to.write(chunk, 0, n);
        to.flush();
      }
    } catch (IOException e) {
      // The process reads no more, or the caller's stream broke: either way it sees the end.
    }
  }

  private static void closeQuietly(OutputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // The process ended before its stdin was closed.
    }
  }

  private static Thread daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public int waitFor() throws InterruptedException {
    int unused = process.waitFor();
    for (Thread reader : readers) {
      reader.join();
    }
    try {
      givenBack.get(); // so that who waited finds a cache free again
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return exitCode();
  }

  /**
   * Returns the exit code as a shell would: 127 if there is no such program, 126 if it cannot be
   * run.
   */
  private synchronized int exitCode() {
    if (code == UNKNOWN) {
      code = process.exitValue();
      if (code != 0) {
        try {
          String failure = hooks.startFailure();
          if (!failure.isEmpty()) {
            code = failure.contains("not found") || failure.contains("no such file") ? 127 : 126;
          }
        } catch (IOException e) {
          // The session is gone: the exit code is all there is.
        }
      }
    }
    return code;
  }

  @Override
  public OptionalInt waitFor(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
      return OptionalInt.empty();
    }
    for (Thread reader : readers) {
      long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
      reader.join(left);
      if (reader.isAlive()) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(waitFor());
  }

  @Override
  public boolean isAlive() {
    return !givenBack.isDone() || readers.stream().anyMatch(Thread::isAlive);
  }

  @Override
  public void kill() {
    if (process.isAlive()) {
      hooks.kill();
    }
    process.destroyForcibly();
    boolean interrupted = false;
    while (isAlive()) {
      try {
        int unused = waitFor();
      } catch (InterruptedException e) {
        interrupted = true; // killing is quick, and must not leave a process behind
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
