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
import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import dev.lamina.spi.SecurityMode;
import dev.lamina.store.LocalStore;
import dev.lamina.task.PathLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.annotation.Nullable;

/**
 * A root in which processes run one after another, each in a container of the service. The folder
 * has a file for each session, which is locked while it is open; containers and images bear its
 * name as a label, so that another session knows those whose JVM is dead.
 */
final class ServiceSession implements RunSession {
  private static final String LABEL = "dev.lamina.session";
  private static final String LOCK = ".lock";

  private final ServiceProgram program;
  private final FileTree base;
  private final Path folder;
  private final String id;
  private final PathLock lock;
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
      ServiceProgram program,
      FileTree base,
      Path folder,
      String id,
      PathLock lock,
      LocalStore store) {
    this.program = program;
    this.base = base;
    this.folder = folder;
    this.id = id;
    this.lock = lock;
    this.store = store;
    this.current = base;
  }

  static ServiceSession open(ServiceProgram program, FileTree base, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    removeDead(program, folder);
    String id = UUID.randomUUID().toString();
    PathLock lock = PathLock.tryAcquire(folder.resolve(id + LOCK)).orElseThrow();
    Path own = Files.createDirectory(folder.resolve(id));
    LocalStore store = LocalStore.open(own.resolve("store"));
    return new ServiceSession(program, base, folder, id, lock, store);
  }

  private static void removeDead(ServiceProgram program, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + LOCK)) {
      all.forEach(files::add);
    }
    for (Path file : files) {
      Optional<PathLock> free = PathLock.tryAcquire(file);
      if (free.isPresent()) {
        String name = file.getFileName().toString();
        try {
          remove(program, folder, name.substring(0, name.length() - LOCK.length()));
        } finally {
          free.get().close();
        }
      }
    }
  }

  /** Removes all that is left of a session, here and with the service. */
  private static void remove(ServiceProgram program, Path folder, String id) throws IOException {
    String filter = "label=" + LABEL + "=" + id;
    List<String> containers =
        program.require("ps", "--all", "--quiet", "--filter", filter).lines().toList();
    for (String each : containers) {
      program.attempt(List.of("rm", "--force", "--volumes", each));
    }
    List<String> images = program.require("images", "--quiet", "--filter", filter).lines().toList();
    for (String each : new HashSet<>(images)) {
      program.attempt(List.of("rmi", "--force", each));
    }
    if (Files.isDirectory(folder.resolve(id))) {
      try (Stream<Path> files = Files.walk(folder.resolve(id))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(folder.resolve(id + LOCK));
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
    ServiceMounts mounts =
        new ServiceMounts(folder.resolve(id).resolve("m" + commits), folder.resolve("cache"));
    boolean started = false;
    try {
      List<String> create = create(spec, io, mounts.arguments(spec.mounts()));
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
        List.of("import", "--change", "LABEL " + LABEL + "=" + id, "-"),
        stdin -> RootfsTar.write(files, stdin));
  }

  private List<String> create(ProcessSpec spec, ProcessIo io, List<String> mounts) {
    List<String> arguments =
        new ArrayList<>(List.of("create", "--label", LABEL + "=" + id, "--pull", "never"));
    if (io.stdin().isPresent()) {
      arguments.add("--interactive");
    }
    spec.env().forEach((name, value) -> arguments.addAll(List.of("--env", name + "=" + value)));
    spec.secretEnv().keySet().forEach(name -> arguments.addAll(List.of("--env", name)));
    arguments.addAll(List.of("--workdir", spec.workingDirectory()));
    arguments.addAll(List.of("--user", spec.user().uid() + ":" + spec.user().gid()));
    spec.user()
        .additionalGroups()
        .forEach(group -> arguments.addAll(List.of("--group-add", group.toString())));
    if (spec.network() != NetworkMode.DEFAULT) {
      arguments.addAll(List.of("--network", spec.network() == NetworkMode.NONE ? "none" : "host"));
    }
    if (spec.network() != NetworkMode.HOST && !spec.hostname().isEmpty()) {
      arguments.addAll(List.of("--hostname", spec.hostname()));
    }
    if (spec.security() == SecurityMode.INSECURE) {
      arguments.add("--privileged");
    }
    spec.extraHosts()
        .forEach((name, address) -> arguments.addAll(List.of("--add-host", name + ":" + address)));
    spec.ulimits()
        .forEach(
            limit ->
                arguments.addAll(
                    List.of("--ulimit", limit.name() + "=" + limit.soft() + ":" + limit.hard())));
    spec.shmSize().ifPresent(size -> arguments.addAll(List.of("--shm-size", Long.toString(size))));
    arguments.addAll(mounts);
    arguments.add(image);
    arguments.addAll(spec.argv());
    return arguments;
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
      String name = "lamina-run:" + id + "-" + ++commits;
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
    try (store) {
      // The store's own folder is one of those removed.
    }
    try {
      remove(program, folder, id);
    } finally {
      lock.close();
    }
  }
}
