// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.annotation.Nullable;

/** A session of processes in a root that is mounted when the first of them is started. */
final class EngineSession implements RunSession {
  private static final long KILL_SECONDS = 10;

  private final RootFs root;
  private final Launcher launcher;
  private final RootMounter mounter;
  private final AtomicInteger started = new AtomicInteger();

  /**
   * Mount targets that weren't there: in a lower directory made for them, or, if a later process
   * brought them up, made in the upper directory by its engine.
   */
  private final Set<TreePath> stubs = new HashSet<>(); // guarded by this

  /** Whether the upper directory holds what is no change. */
  private boolean dropped; // guarded by this

  /** What the root holds, as far as is known: processes may have gone on since. */
  private FileTree current; // guarded by this

  private final List<PumpedProcess> processes = new ArrayList<>(); // guarded by this

  private @Nullable MountedRoot mounted; // guarded by this
  private boolean closed; // guarded by this

  EngineSession(RootFs root, Launcher launcher, RootMounter mounter) {
    this.root = root;
    this.launcher = launcher;
    this.mounter = mounter;
    this.current = root.tree();
  }

  @Override
  public RunningProcess start(ProcessSpec spec, ProcessIo io) throws IOException {
    return start(spec, io, List.of());
  }

  /**
   * Starts a process that sees some directories of the host, which must be there, under their own
   * names.
   */
  RunningProcess start(ProcessSpec spec, ProcessIo io, List<Path> hostDirectories)
      throws IOException {
    FileTree tree = current();
    checkWorkingDirectory(tree, spec.workingDirectory());
    MountTargets targets = new MountTargets(tree);
    for (String target : List.of("/proc", "/sys", "/dev")) {
      if (!targets.add(target, true).equals(TreePath.of(target))) {
        throw new RunException(target + ": expected a directory in the image, found a link");
      }
    }
    TreePath hosts = targets.add("/etc/hosts", false);
    TreePath resolvConf = targets.add("/etc/resolv.conf", false);
    for (Path host : hostDirectories) {
      TreePath unused = targets.add(host.toString(), true);
    }
    List<TreePath> mountTargets = new ArrayList<>();
    for (Mount mount : spec.mounts()) {
      TreePath target = targets.add(mount.target(), ProcessMounts.isDirectory(mount));
      requireImages(mount, target);
      if (mount instanceof Mount.Tmpfs) {
        targets.open(target);
      }
      mountTargets.add(target);
    }
    MountedRoot ready = mountedWith(targets);
    Supervisor running = ready.supervisor();

    Path directory = mounter.directory();
    String id = directory.getFileName() + "-" + started.incrementAndGet();
    Path bundle = directory.resolve("ns").resolve(id);
    Path bundleFromHost = Files.createDirectory(running.seenFromHost(bundle));
    Files.write(bundleFromHost.resolve("hosts"), EtcFiles.hosts(spec));
    Files.write(bundleFromHost.resolve("resolv.conf"), EtcFiles.resolvConf());
    FileTree covered = targets.withMissing();
    ProcessMounts own = mounter.mountsOf(ready, directory.resolve(id), bundle);
    boolean startedWell = false;
    try {
      boolean guarded = launcher.followsLinksInMounts();
      List<Mount> wanted =
          guarded ? NestedMounts.locked(spec.mounts(), mountTargets) : spec.mounts();
      for (int i = 0; i < mountTargets.size(); i++) {
        own.add(wanted.get(i), mountTargets.get(i), covered);
      }
      if (guarded) {
        NestedMounts.requireNoLinks(own.mounts(), running);
      }
      List<HostMount> mounts =
          new ArrayList<>(
              StandardMounts.of(
                  spec,
                  mounter.identity(),
                  bundle.toString(),
                  hosts.toString(),
                  resolvConf.toString()));
      hostDirectories.forEach(
          host -> mounts.add(HostMount.bind(host.toString(), host.toString(), false)));
      mounts.addAll(own.mounts());
      Launcher.Start start =
          new Launcher.Start(
              id,
              spec,
              directory,
              bundle,
              bundleFromHost,
              ready,
              tree.follow(spec.workingDirectory()).toString(),
              mounts);
      Process process = HostCommand.start(running.inside(launcher.command(start)));
      startedWell = true;
      return started(
          PumpedProcess.pump(process, io, "lamina-run", new Hooks(launcher, running, start, own)));
    } finally {
      if (!startedWell) {
        own.close();
      }
    }
  }

  private synchronized PumpedProcess started(PumpedProcess process) {
    processes.removeIf(each -> !each.isAlive());
    processes.add(process);
    return process;
  }

  private record Hooks(
      Launcher launcher, Supervisor supervisor, Launcher.Start start, ProcessMounts mounts)
      implements PumpedProcess.Hooks {
    @Override
    public void kill() {
      boolean unused =
          HostCommand.succeeds(supervisor.inside(launcher.killCommand(start)), KILL_SECONDS);
    }

    @Override
    public String startFailure() throws IOException {
      return launcher.startFailure(start);
    }

    @Override
    public void ended() throws IOException {
      mounts.close();
    }
  }

  /**
   * A directory of the kernel's that a link or a descriptor leads out of is no place to start in
   * (CVE-2024-21626).
   */
  private static void checkWorkingDirectory(FileTree tree, String workingDirectory)
      throws IOException {
    TreePath path = tree.follow(workingDirectory);
    if (path.startsWith(TreePath.of("/proc")) && path.depth() > 1) {
      throw new RunException(
          "working directory "
              + workingDirectory
              + ": expected a directory of the image, found "
              + path);
    }
  }

  /** What lies in the kernel's directories leads anywhere, as {@code /proc/self/root} does. */
  private static void requireImages(Mount mount, TreePath target) throws RunException {
    for (String directory : List.of("/proc", "/sys")) {
      if (target.startsWith(TreePath.of(directory))) {
        throw new RunException(
            "mount target " + mount.target() + ": expected a place of the image, found " + target);
      }
    }
  }

  /** Tells people how the root got its writable top. */
  synchronized String rootKind() {
    return mounted == null ? "not mounted" : mounted.kind().word();
  }

  private synchronized FileTree current() {
    return current;
  }

  private synchronized MountedRoot mountedWith(MountTargets targets) throws IOException {
    if (closed) {
      throw new RunException("expected an open session, found a closed one");
    }
    MountedRoot running = mounted;
    boolean first = running == null;
    if (running == null) {
      running = mounter.mount(root, targets, launcher);
      mounted = running;
    }
    targets.missing().stream().map(Change::path).forEach(stubs::add);
    if (first && current != root.tree()) {
      running.apply(current.diff(root.tree()), root.tree());
    }
    return running;
  }

  @Override
  public synchronized Changes changes() throws IOException {
    MountedRoot running = mounted;
    if (running == null) {
      return current.diff(root.tree());
    }
    boolean still = processes.stream().noneMatch(PumpedProcess::isAlive);
    Changes changes = withoutStubs(running.changes(still));
    current = root.tree().apply(changes);
    return changes;
  }

  /** A process may have changed what it found in the lower directory made for it, as an owner. */
  private Changes withoutStubs(Changes changes) {
    Changes kept = LateTargets.without(stubs, changes);
    dropped |= kept.asList().size() < changes.asList().size();
    return kept;
  }

  @Override
  public synchronized void apply(Changes changes) throws IOException {
    if (closed) {
      throw new RunException("expected an open session, found a closed one");
    }
    FileTree before = current;
    FileTree after = before.apply(changes);
    if (mounted != null) {
      mounted.apply(changes, before);
    }
    current = after;
  }

  @Override
  public synchronized void committed(Layer layer) throws IOException {
    if (mounted == null || !root.pending().isEmpty() || dropped) {
      return;
    }
    mounted.close(); // a mounted upper directory must not be moved
    if (mounted.kind().canBeLower(layer)) {
      List<Layer> layers = new ArrayList<>(root.layers());
      layers.add(layer);
      mounter.adopt(mounted.kind(), layers);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (mounted != null) {
        mounted.close();
      }
    } finally {
      mounter.close();
    }
  }
}
