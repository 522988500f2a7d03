// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Metadata;
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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.annotation.Nullable;

/** A session whose root is a kernel overlay over the layers' lower directories. */
final class OverlaySession implements RunSession {
  private static final long KILL_SECONDS = 10;

  private final RootFs root;
  private final Launcher launcher;
  private final List<String> unshare;
  private final Unpacker unpacker;
  private final LowerDirectories lowers;
  private final CacheMounts caches;
  private final List<Path> layerDirectories;
  private final Workspace.SessionFolder folder;
  private final Path directory;
  private final AtomicInteger started = new AtomicInteger();

  /** Mount targets that are in the lower directory made for them. */
  private final Set<TreePath> prepared = new HashSet<>(); // guarded by this

  /** Those that a later process brought up, and its engine had to make in the upper directory. */
  private final Set<TreePath> late = new HashSet<>(); // guarded by this

  private @Nullable Supervisor supervisor; // guarded by this
  private boolean closed; // guarded by this

  private OverlaySession(
      RootFs root,
      Launcher launcher,
      List<String> unshare,
      Unpacker unpacker,
      Workspace workspace,
      List<Path> layerDirectories,
      Workspace.SessionFolder folder) {
    this.root = root;
    this.launcher = launcher;
    this.unshare = unshare;
    this.unpacker = unpacker;
    this.lowers = new LowerDirectories(workspace.lower(), unpacker);
    this.caches = new CacheMounts(workspace.caches(), unpacker);
    this.layerDirectories = layerDirectories;
    this.folder = folder;
    this.directory = folder.path();
  }

  static OverlaySession open(
      RootFs root, Launcher launcher, List<String> unshare, Unpacker unpacker, Workspace workspace)
      throws IOException {
    LowerDirectories lowers = new LowerDirectories(workspace.lower(), unpacker);
    lowers.removeUnfinished();
    List<Path> layerDirectories = lowers.of(root.layers());
    Workspace.SessionFolder folder = workspace.newSession();
    boolean open = false;
    try {
      OverlaySession session =
          new OverlaySession(
              root, launcher, unshare, unpacker, workspace, layerDirectories, folder);
      session.makeDirectories();
      open = true;
      return session;
    } finally {
      if (!open) {
        folder.close();
      }
    }
  }

  private void makeDirectories() throws IOException {
    for (String name : List.of("ns", "work", "upper", "targets")) {
      Files.createDirectory(directory.resolve(name));
    }
    if (!root.pending().isEmpty()) {
      Path pending = Files.createDirectory(directory.resolve("pending"));
      unpacker.unpack(root.pending(), root.tree(), pending);
    }
    copyAttributes(root.tree().root().metadata(), folder.upper());
  }

  /** The upper directory's attributes are those of the root that processes see. */
  private static void copyAttributes(Metadata metadata, Path upper) throws IOException {
    Files.setAttribute(upper, "unix:uid", (int) metadata.uid());
    Files.setAttribute(upper, "unix:gid", (int) metadata.gid());
    Files.setAttribute(upper, "unix:mode", metadata.mode());
    Files.setLastModifiedTime(upper, FileTime.from(metadata.mtime()));
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
    checkWorkingDirectory(spec.workingDirectory());
    MountTargets targets = new MountTargets(root.tree());
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
      mountTargets.add(targets.add(mount.target(), ProcessMounts.isDirectory(mount)));
    }
    Supervisor running = supervisorWith(targets);

    String id = directory.getFileName() + "-" + started.incrementAndGet();
    Path bundle = directory.resolve("ns").resolve(id);
    Path bundleFromHost = Files.createDirectory(running.seenFromHost(bundle));
    Files.write(bundleFromHost.resolve("hosts"), EtcFiles.hosts(spec));
    Files.write(bundleFromHost.resolve("resolv.conf"), EtcFiles.resolvConf());
    ProcessMounts own =
        new ProcessMounts(running, unpacker, lowers, caches, directory.resolve(id), bundle);
    boolean startedWell = false;
    try {
      for (int i = 0; i < mountTargets.size(); i++) {
        own.add(spec.mounts().get(i), mountTargets.get(i));
      }
      List<HostMount> mounts =
          new ArrayList<>(
              StandardMounts.of(spec, bundle.toString(), hosts.toString(), resolvConf.toString()));
      hostDirectories.forEach(
          host -> mounts.add(HostMount.bind(host.toString(), host.toString(), false)));
      mounts.addAll(own.mounts());
      Launcher.Start start =
          new Launcher.Start(
              id, spec, directory, bundle, bundleFromHost, directory.resolve("ns/root"), mounts);
      Process process = HostCommand.start(running.inside(launcher.command(start)));
      startedWell = true;
      return PumpedProcess.pump(
          process, io, "lamina-run", new Hooks(launcher, running, start, own));
    } finally {
      if (!startedWell) {
        own.close();
      }
    }
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
  private void checkWorkingDirectory(String workingDirectory) throws RunException {
    TreePath path = RootPaths.resolve(root.tree(), workingDirectory);
    if (path.startsWith(TreePath.of("/proc")) && path.depth() > 1) {
      throw new RunException(
          "working directory "
              + workingDirectory
              + ": expected a directory of the image, found "
              + path);
    }
  }

  private synchronized Supervisor supervisorWith(MountTargets targets) throws IOException {
    if (closed) {
      throw new RunException("expected an open session, found a closed one");
    }
    Supervisor running = supervisor;
    if (running == null) {
      running = begin(targets);
      supervisor = running;
      prepared.addAll(paths(targets.missing()));
    } else {
      paths(targets.missing()).stream().filter(path -> !prepared.contains(path)).forEach(late::add);
    }
    return running;
  }

  private static List<TreePath> paths(Changes changes) {
    return changes.stream().map(Change::path).toList();
  }

  private Supervisor begin(MountTargets targets) throws IOException {
    List<Path> topDown = new ArrayList<>();
    Changes missing = targets.missing();
    if (!missing.isEmpty() || layerDirectories.isEmpty()) {
      unpacker.unpack(missing, targets.withMissing(), directory.resolve("targets"));
      topDown.add(directory.resolve("targets"));
    }
    if (!root.pending().isEmpty()) {
      topDown.add(directory.resolve("pending"));
    }
    List<Path> layers = new ArrayList<>(layerDirectories);
    Collections.reverse(layers);
    topDown.addAll(layers);
    List<String> arguments = new ArrayList<>(List.of(directory.toString(), launcher.runtime()));
    topDown.forEach(lower -> arguments.add(lower.toString()));
    return Supervisor.start(unshare, OverlayScript.TEXT, arguments);
  }

  @Override
  public synchronized Changes changes() throws IOException {
    Supervisor running = supervisor;
    if (running == null) {
      return Changes.none();
    }
    CapabilityReader capabilities = new TarCapabilities(running, directory.resolve("ns"));
    return LateTargets.without(
        late, UpperDirectory.read(folder.upper(), root.tree(), capabilities));
  }

  @Override
  public void apply(Changes changes) throws IOException {
    throw new RunException("apply: expected an engine that can, found " + launcher.runtime());
  }

  @Override
  public synchronized void committed(Layer layer) throws IOException {
    if (supervisor == null || !root.pending().isEmpty() || !late.isEmpty()) {
      return;
    }
    supervisor.close(); // a mounted upper directory must not be moved
    List<Layer> layers = new ArrayList<>(root.layers());
    layers.add(layer);
    lowers.adopt(folder.upper(), layers);
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (supervisor != null) {
        supervisor.close();
      }
    } finally {
      folder.close();
    }
  }
}
