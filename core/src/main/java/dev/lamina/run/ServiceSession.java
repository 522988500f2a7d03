// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.archive.RootfsTar;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.spi.Mount;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * A root in which processes run one after another, each in a container of the service. The files
 * that a container begins with are those of an image that the service has, and what is copied into
 * it besides.
 */
final class ServiceSession implements RunSession {
  private final ServiceProgram program;
  private final ServicePlace place;
  private final RootFs root;
  private @Nullable ServiceRoots roots; // guarded by this
  private FileTree base; // guarded by this: the root's tree
  private FileTree current; // guarded by this
  private @Nullable ServiceImage image; // guarded by this: what the next container may be made of
  private @Nullable ServiceContainer container; // guarded by this: the last one
  private boolean plain = true; // guarded by this: whether a container holds nothing but its files
  private int containers; // guarded by this
  private boolean closed; // guarded by this

  private ServiceSession(ServiceProgram program, ServicePlace place, RootFs root) {
    this.program = program;
    this.place = place;
    this.root = root;
    this.base = root.tree();
    this.current = base;
  }

  static ServiceSession open(ServiceProgram program, RootFs root, Path folder) throws IOException {
    return new ServiceSession(program, ServicePlace.take(program, folder), root);
  }

  @Override
  public synchronized RunningProcess start(ProcessSpec spec, ProcessIo io) throws IOException {
    requireOpen();
    take();
    leaveContainer();
    MountTargets targets = new MountTargets(current);
    for (Mount mount : spec.mounts()) {
      TreePath unused = targets.add(mount.target(), ProcessMounts.isDirectory(mount));
    }
    Set<TreePath> stubs = new HashSet<>(targets.missing().stream().map(Change::path).toList());
    plain &= stubs.isEmpty() && spec.secretEnv().isEmpty();
    ServiceImage from = imageFor(spec);
    Changes additions = from.additions(current).orElseThrow();
    Path folder = place.own().resolve("m" + ++containers);
    ServiceMounts mounts = new ServiceMounts(folder, place.caches());
    boolean started = false;
    try {
      List<String> create =
          ServiceArguments.create(place, spec, io, mounts.arguments(spec.mounts()), from);
      String id = program.require(create, spec.secretEnv(), stdin -> {});
      if (!additions.isEmpty()) {
        FileTree wanted = current;
        String unused =
            program.require(
                List.of("cp", "-", id + ":/"),
                stdin -> LiveTar.write(additions, wanted, true, stdin));
      }
      List<String> start = new ArrayList<>(List.of("start", "--attach"));
      if (io.stdin().isPresent()) {
        start.add("--interactive");
      }
      start.add(id);
      PumpedProcess pumped =
          PumpedProcess.pump(
              program.start(start), io, "lamina-service", new Hooks(program, id, mounts));
      container =
          new ServiceContainer(
              id, pumped, from, spec, stubs, !additions.isEmpty(), Optional.empty());
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

  /** Returns an image which the current files can be copied over, and makes one if need be. */
  private ServiceImage imageFor(ProcessSpec spec) throws IOException {
    ServiceImage known = image;
    if (known == null && !root.layers().isEmpty()) {
      known = knownRoot(spec);
    }
    if (known == null || !isUsable(known, spec)) {
      FileTree files = current;
      List<String> handOver = List.of("import", "--change", "LABEL " + place.label(), "-");
      String name = program.require(handOver, stdin -> RootfsTar.write(files, stdin));
      known = new ServiceImage(name, files, 1, Set.of());
    }
    image = known;
    return known;
  }

  private ServiceImage knownRoot(ProcessSpec spec) throws IOException {
    ServiceRoots known = ServiceRoots.of(program, place.caches(), root.layers());
    roots = known;
    // The same files, in trees that share what is the same: what differs is found by its identity.
    Changes since = current.diff(base);
    base = known.tree().apply(root.pending());
    current = base.apply(since);
    Optional<ServiceImage> nearest = known.nearest();
    return nearest.isPresent() && isUsable(nearest.get(), spec) ? nearest.get() : known.imported();
  }

  private boolean isUsable(ServiceImage from, ProcessSpec spec) throws IOException {
    return from.layers() < ServiceRoots.MAX_LAYERS
        && (program.isPodman()
            || from.surplus(spec).stream().allMatch(name -> System.getenv(name) == null))
        && from.additions(current).isPresent();
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
      String state = "{{.State.Status}} {{.State.Error}}";
      String found = program.require("inspect", "--format", state, container);
      if (found.equals("created") && program.isPodman()) { // which forgets why
        return HostCommand.last(
            program.run(List.of("init", container), Map.of(), stdin -> {}).stderr());
      }
      return found.contains(" ") ? found.substring(found.indexOf(' ') + 1) : "";
    }

    @Override
    public void ended() throws IOException {
      mounts.close();
    }
  }

  /** Takes over what the last process changed. */
  private void take() throws IOException {
    ServiceContainer last = container;
    if (last == null || last.files().isPresent()) {
      return;
    }
    if (last.process().isAlive()) {
      throw new RunException("service: expected one process of a session at a time, found another");
    }
    Path spool = place.own().resolve("changes" + containers);
    ContainerFiles files = new ContainerFiles(program, last.id(), current, spool);
    Changes changes = last.spec().mounts().isEmpty() ? files.changes() : files.changesBelowMounts();
    current = current.apply(LateTargets.without(last.stubs(), changes));
    container = last.taken(current, !changes.isEmpty());
  }

  /** Removes the last container; what it holds becomes an image if it is another than its own. */
  private void leaveContainer() throws IOException {
    ServiceContainer last = container;
    if (last == null) {
      return;
    }
    container = null;
    if (last.isChanged()) {
      List<String> commit =
          new ArrayList<>(List.of("commit", "--change", "LABEL " + place.label()));
      last.spec()
          .secretEnv()
          .keySet()
          .forEach(n -> commit.addAll(List.of("--change", "ENV " + n + "=")));
      commit.add(last.id());
      image = last.image(program.require(commit, stdin -> {}));
    }
    program.attempt(List.of("rm", "--force", "--volumes", last.id()));
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
  }

  @Override
  public synchronized void committed(Layer layer) throws IOException {
    ServiceContainer last = container;
    if (last == null || roots == null || !plain || !root.pending().isEmpty()) {
      return;
    }
    if (last.isChanged() && last.files().filter(files -> files == current).isPresent()) {
      roots.keep(last.id(), last.from(), layer);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    place.close();
  }
}
