// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.ProcessUser;
import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Commands of a script that run one after another on a thread of their own. */
final class ScriptProcess implements RunningProcess {
  private static final int FAILED = 1;
  private static final int KILLED = 137;

  private final ProcessSpec spec;
  private final ProcessIo io;
  private final List<RunScript.Call> calls;
  private final FileTree root;
  private final Collector collector;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "lamina-script");
  private int code; // written before the latch opens, by whoever opens it
  private boolean over; // guarded by this

  /** The files of a process that has ended. */
  record Ended(FileTree after, Changes changes) {}

  /** Takes over what a process changed. */
  interface Collector {
    void collect(Ended files) throws IOException;
  }

  ScriptProcess(
      ProcessSpec spec,
      ProcessIo io,
      List<RunScript.Call> calls,
      FileTree root,
      Collector collector) {
    this.spec = spec;
    this.io = io;
    this.calls = calls;
    this.root = root;
    this.collector = collector;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    int exitCode = FAILED;
    ProcessUser user = spec.user();
    long[] groups = user.additionalGroups().stream().mapToLong(Long::longValue).toArray();
    try (OverlayFileSystem files =
        OverlayFileSystem.builder(root).actingAs(user.uid(), user.gid(), groups).build()) {
      exitCode = run(files);
      if (!isOver()) {
        collector.collect(new Ended(files.snapshot(), files.changes()));
      }
      io.stdout().flush();
      io.stderr().flush();
    } catch (IOException e) {
      exitCode = FAILED;
    } finally {
      end(exitCode);
    }
  }

  private int run(OverlayFileSystem files) throws IOException {
    try {
      Files.createDirectories(files.getPath(spec.workingDirectory()));
      for (RunScript.Call call : calls) {
        ScriptedRun run = new ScriptedRun(files, spec, io, call);
        call.command().run(run);
        if (run.exitCode() != 0) {
          return run.exitCode();
        }
      }
      return 0;
    } catch (InterruptedException e) {
      return KILLED;
    } catch (IOException | RuntimeException | Error e) {
      e.printStackTrace(new PrintStream(io.stderr(), true, StandardCharsets.UTF_8));
      return FAILED;
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** The first who says how it ended is right. */
  private synchronized void end(int exitCode) {
    if (!over) {
      over = true;
      code = exitCode;
      ended.countDown();
    }
  }

  @Override
  public int waitFor() throws InterruptedException {
    ended.await();
    return code;
  }

  @Override
  public OptionalInt waitFor(Duration timeout) throws InterruptedException {
    return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS)
        ? OptionalInt.of(code)
        : OptionalInt.empty();
  }

  @Override
  public boolean isAlive() {
    return ended.getCount() > 0;
  }

  /** Java has no way to end a thread: one that doesn't mind being interrupted is left alone. */
  @Override
  public void kill() {
    end(KILLED); // first, so that nothing it does from now on counts
    thread.interrupt();
  }
}
