// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A root in which commands of a script run. */
final class ScriptSession implements RunSession {
  private final RunScript script;
  private final FileTree base;
  private final List<ScriptProcess> started = new ArrayList<>(); // guarded by this
  private FileTree current; // guarded by this
  private boolean closed; // guarded by this

  ScriptSession(RunScript script, FileTree base) {
    this.script = script;
    this.base = base;
    this.current = base;
  }

  @Override
  public synchronized RunningProcess start(ProcessSpec spec, ProcessIo io) throws IOException {
    requireOpen();
    ScriptMounts mounts = new ScriptMounts(script.caches());
    FileTree root = mounts.graft(spec.mounts(), current);
    ScriptProcess process =
        new ScriptProcess(
            spec, io, script.calls(spec.argv()), root, files -> collect(mounts, files));
    started.add(process);
    process.start();
    return process;
  }

  /** Takes over what a process changed: all of a file system but its mounts. */
  private synchronized void collect(ScriptMounts mounts, ScriptProcess.Ended files)
      throws IOException {
    if (!closed) {
      mounts.keep(files.after());
      current = current.apply(mounts.without(files.changes()));
    }
  }

  private void requireOpen() throws RunException {
    if (closed) {
      throw new RunException("expected an open session, found a closed one");
    }
  }

  @Override
  public synchronized Changes changes() {
    return current.diff(base);
  }

  @Override
  public synchronized void apply(Changes changes) throws IOException {
    requireOpen();
    current = current.apply(changes);
  }

  @Override
  public void close() {
    List<ScriptProcess> running;
    synchronized (this) {
      closed = true;
      running = List.copyOf(started);
    }
    running.forEach(ScriptProcess::kill);
  }
}
