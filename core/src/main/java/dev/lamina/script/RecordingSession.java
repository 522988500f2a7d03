// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.annotation.Nullable;

/** A root in which processes are given back, or run for real and recorded, one after another. */
final class RecordingSession implements RunSession {
  private final RunRecording recording;
  private final FileTree base;
  private final Optional<Opener> opener;
  private String state; // guarded by this: stands for the files
  private FileTree current; // guarded by this
  private @Nullable RunSession real; // guarded by this
  private FileTree seen; // guarded by this: what the real session holds
  private boolean running; // guarded by this

  /** Opens the session in which processes run for real. */
  interface Opener {
    RunSession open() throws IOException;
  }

  RecordingSession(RunRecording recording, RootFs root, String state, Optional<Opener> opener) {
    this.recording = recording;
    this.base = root.tree();
    this.opener = opener;
    this.state = state;
    this.current = base;
    this.seen = base;
  }

  @Override
  public synchronized RunningProcess start(ProcessSpec spec, ProcessIo io) throws IOException {
    if (running || io.stdin().isPresent()) {
      throw new RunException(
          "recorded run of "
              + spec.argv()
              + ": expected one process at a time without input, found "
              + (running ? "two" : "input"));
    }
    Map<String, String> inputs = RunInputs.of(spec, state);
    String key = RunInputs.key(inputs);
    Optional<RecordedRun> known = RecordedRun.find(recording.folder(), key);
    if (known.isPresent()) {
      take(key);
      write(known.get(), io);
      return new Given(known.get().exitCode());
    }
    if (opener.isEmpty()) {
      throw recording.unknown(inputs);
    }
    RunSession session = realSession(opener.get());
    CappedCopy stdout = new CappedCopy(io.stdout());
    CappedCopy stderr = new CappedCopy(io.stderr());
    RunningProcess process = session.start(spec, new ProcessIo(Optional.empty(), stdout, stderr));
    running = true;
    return new Recorded(
        process,
        code -> record(key, new RecordedRun(inputs, code, stdout.text(), stderr.text())),
        this::abandon);
  }

  private static void write(RecordedRun run, ProcessIo io) throws IOException {
    io.stdout().write(run.stdout().getBytes(StandardCharsets.UTF_8));
    io.stdout().flush();
    io.stderr().write(run.stderr().getBytes(StandardCharsets.UTF_8));
    io.stderr().flush();
  }

  private RunSession realSession(Opener open) throws IOException {
    RunSession session = real == null ? open.open() : real;
    real = session;
    Changes missing = current.diff(seen);
    if (!missing.isEmpty()) {
      session.apply(missing);
      seen = current;
    }
    return session;
  }

  /** Takes over what is recorded under a key. */
  private void take(String key) throws IOException {
    current = current.apply(RecordedRun.changes(recording.folder(), key));
    state = key;
  }

  private synchronized void record(String key, RecordedRun run) throws IOException {
    RunSession session = real;
    running = false;
    if (session == null) {
      return; // closed meanwhile
    }
    FileTree after = base.apply(session.changes());
    run.write(recording.folder(), key, after.diff(current));
    take(key);
    seen = current;
  }

  /** What a killed process left is in the real session, and must not be in what comes after it. */
  private void abandon() throws IOException {
    close();
    synchronized (this) {
      running = false;
      seen = base;
    }
  }

  @Override
  public synchronized Changes changes() {
    return current.diff(base);
  }

  @Override
  public synchronized void apply(Changes changes) throws IOException {
    current = current.apply(changes);
    state = RunInputs.then(state, RunInputs.changes(changes));
  }

  @Override
  public void close() throws IOException {
    RunSession session;
    synchronized (this) {
      session = real;
      real = null;
    }
    if (session != null) {
      session.close();
    }
  }

  /** What is done when a process has ended by itself. */
  private interface AtTheEnd {
    void ended(int code) throws IOException;
  }

  /** What is done when a process was killed. */
  private interface AtTheKill {
    void killed() throws IOException;
  }

  /** A process whose end is recorded, unless it was killed. */
  private static final class Recorded implements RunningProcess {
    private final RunningProcess process;
    private final AtTheEnd atTheEnd;
    private final AtTheKill atTheKill;
    private boolean over; // guarded by this

    Recorded(RunningProcess process, AtTheEnd atTheEnd, AtTheKill atTheKill) {
      this.process = process;
      this.atTheEnd = atTheEnd;
      this.atTheKill = atTheKill;
    }

    @Override
    public int waitFor() throws InterruptedException {
      return ended(process.waitFor());
    }

    @Override
    public OptionalInt waitFor(Duration timeout) throws InterruptedException {
      OptionalInt code = process.waitFor(timeout);
      if (code.isPresent()) {
        int unused = ended(code.getAsInt());
      }
      return code;
    }

    private synchronized int ended(int code) {
      if (!over) {
        over = true;
        try {
          atTheEnd.ended(code);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return code;
    }

    @Override
    public boolean isAlive() {
      return process.isAlive();
    }

    @Override
    public void kill() {
      process.kill();
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      try {
        atTheKill.killed();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A process that ended long ago. */
  private record Given(int code) implements RunningProcess {
    @Override
    public int waitFor() {
      return code;
    }

    @Override
    public OptionalInt waitFor(Duration timeout) {
      return OptionalInt.of(code);
    }

    @Override
    public boolean isAlive() {
      return false;
    }

    @Override
    public void kill() {}
  }
}
