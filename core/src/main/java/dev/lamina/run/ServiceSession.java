// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.archive.NamedImage;
import dev.lamina.archive.RootfsTar;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.spi.Mount;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;

/** A root in which processes run one after another, each in a container of the service. */
final class ServiceSession implements RunSession {
  private final ServiceProgram program;
  private final FileTree base;
  private final ServicePlace place;
  private final LocalStore store;
  private FileTree current; // guarded by this
  private String image = ""; // guarded by this: what the service has of the files, if it is right
  private int layers; // guarded by this: how many the image has
  private int commits; // guarded by this
  private @Nullable PumpedProcess process; // guarded by this: whose changes are not taken yet
  private String container = ""; // guarded by this: that process's
  private Set<TreePath> stubs = Set.of(); // guarded by this: what its mounts needed
  private boolean closed; // guarded by this

  private ServiceSession(
      ServiceProgram program, FileTree base, ServicePlace place, LocalStore store) {
    this.program = program;
    this.base = base;
    this.place = place;
    this.store = store;
    this.current = base;
  }

  static ServiceSession open(ServiceProgram program, FileTree base, Path folder)
      throws IOException {
    ServicePlace place = ServicePlace.take(program, folder);
    boolean open = false;
    try {
      LocalStore store = LocalStore.open(place.own().resolve("store"));
      open = true;
      return new ServiceSession(program, base, place, store);
    } finally {
      if (!open) {
        place.close();
      }
    }
  }

  @Override
  public synchronized RunningProcess start(ProcessSpec spec, ProcessIo io) throws IOException {
    requireOpen();
    take();
    MountTargets targets = new MountTargets(current);
    for (Mount mount : spec.mounts()) {
      TreePath unused = targets.add(mount.target(), ProcessMounts.isDirectory(mount));
    }
    stubs = new HashSet<>(targets.missing().stream().map(Change::path).toList());
    if (image.isEmpty()) {
      image = handOver();
      layers = 1;
    }
    ServiceMounts mounts = new ServiceMounts(place.own().resolve("m" + commits), place.caches());
    boolean started = false;
    try {
      List<String> create =
          ServiceArguments.create(place, spec, io, mounts.arguments(spec.mounts()), image);
      String made = program.require(create, spec.secretEnv(), stdin -> {});
      container = made;
      List<String> start = new ArrayList<>(List.of("start", "--attach"));
      if (io.stdin().isPresent()) {
        start.add("--interactive");
      }
      start.add(made);
      PumpedProcess pumped =
          PumpedProcess.pump(
              program.start(start), io, "lamina-service", new Hooks(program, made, mounts));
      process = pumped;
      started = true;
      return pumped;
    } finally {
      if (!started) {
        mounts.close();
      }
    }
  }

  private void requireOpen() throws RunException {
    if (closed) {
      throw new RunException("expected an open session, found a closed one");
    }
  }

  private String handOver() throws IOException {
    FileTree files = current;
    return program.require(
        List.of("import", "--change", "LABEL " + place.label(), "-"),
        stdin -> RootfsTar.write(files, stdin));
  }

  private record Hooks(ServiceProgram program, String container, ServiceMounts mounts)
      implements PumpedProcess.Hooks {
    @Override
    public void kill() {
      try {
        program.attempt(List.of("kill", container));
      } catch (IOException e) {
        // The service is gone, or this thread was interrupted: the session's end removes it.
      }
    }

    @Override
    public String startFailure() throws IOException {
      return program.require("inspect", "--format", "{{.State.Error}}", container);
    }

    @Override
    public void ended() throws IOException {
      mounts.close();
    }
  }

  /** Takes over what the last process changed. */
  private void take() throws IOException {
    PumpedProcess last = process;
    if (last == null) {
      return;
    }
    if (last.isAlive()) {
      throw new RunException("service: expected one process of a session at a time, found another");
    }
    process = null;
    if (!program.require("diff", container).isEmpty()) {
      String name = "lamina-run:" + place.id() + "-" + ++commits;
      image = program.require("commit", container, name);
      NamedImage saved = program.images().images(name).readInto(store).get(0);
      List<Layer> all = store.image(saved.image()).layers();
      if (all.size() > layers) {
        Changes changes = all.get(all.size() - 1).changes();
        current = current.apply(LateTargets.without(stubs, changes));
        layers = all.size();
      }
    }
    program.attempt(List.of("rm", "--force", "--volumes", container));
  }

  @Override
  public synchronized Changes changes() throws IOException {
    take();
    return current.diff(base);
  }

  @Override
  public synchronized void apply(Changes changes) throws IOException {
    requireOpen();
    take();
    current = current.apply(changes);
    image = "";
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try (place;
        store) {
      // The store's own folder is one of those that the place removes.
    }
  }
}
