// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.spi.Mount;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The mounts that one process asked for: makes host files of what is to be mounted, and holds what
 * has to be given back when the process has ended. Not safe for use by several threads.
 */
final class ProcessMounts implements Closeable {
  private static final String OVERLAY =
      """
      set -eu
      cd "$1"
      shift
      mkdir l u w root
      cd l
      n=0
      lower=
      for directory; do
        ln -s "$directory" $n
        lower=$lower:$n
        n=$((n + 1))
      done
      mount -t overlay overlay -o "userxattr,lowerdir=${lower#:},upperdir=../u,workdir=../w" ../root
      """;

  private final Supervisor supervisor;
  private final Identity identity;
  private final boolean overlays;
  private final Unpacker unpacker;
  private final LowerDirectories lowers;
  private final CacheMounts caches;
  private final Path scratch;
  private final Path memory;
  private final List<HostMount> mounts = new ArrayList<>();
  private final List<Closeable> leases = new ArrayList<>();

  /**
   * Begins without mounts.
   *
   * @param mounted the root that the process runs in
   * @param scratch a directory of the session's, to be made when it is needed
   * @param memory a directory in memory in the supervisor's mount name space
   */
  ProcessMounts(
      MountedRoot mounted,
      Unpacker unpacker,
      LowerDirectories lowers,
      CacheMounts caches,
      Path scratch,
      Path memory) {
    this.supervisor = mounted.supervisor();
    this.identity = mounted.identity();
    this.overlays = mounted.kind() == RootKind.OVERLAY;
    this.unpacker = unpacker;
    this.lowers = lowers;
    this.caches = caches;
    this.scratch = scratch;
    this.memory = memory;
  }

  /** Tells whether a mount's target is a directory; otherwise it is a file. */
  static boolean isDirectory(Mount mount) throws IOException {
    return mount.accept(
        new Mount.Visitor<Boolean>() {
          @Override
          public Boolean bind(Mount.Bind bind) throws IOException {
            return source(bind.from(), bind.source()).node() instanceof Node.Directory;
          }

          @Override
          public Boolean cache(Mount.Cache cache) {
            return true;
          }

          @Override
          public Boolean tmpfs(Mount.Tmpfs tmpfs) {
            return true;
          }

          @Override
          public Boolean secret(Mount.Secret secret) {
            return false;
          }

          @Override
          public Boolean ssh(Mount.Ssh ssh) {
            return false;
          }
        });
  }

  /** Returns what has been added, in the order of adding. */
  List<HostMount> mounts() {
    return mounts;
  }

  /**
   * Prepares a mount.
   *
   * @param target where it goes, without links
   * @param root the files it goes over, of which the target is one
   */
  void add(Mount mount, TreePath target, FileTree root) throws IOException {
    String number = Integer.toString(mounts.size());
    mounts.add(
        mount.accept(
            new Mount.Visitor<HostMount>() {
              @Override
              public HostMount bind(Mount.Bind bind) throws IOException {
                Path host = bindSource(bind, scratch.resolve(number));
                return HostMount.bind(target.toString(), host.toString(), bind.writable());
              }

              @Override
              public HostMount cache(Mount.Cache cache) throws IOException {
                CacheMounts.Lease lease = caches.lease(cache);
                leases.add(lease);
                return HostMount.bind(
                    target.toString(), lease.directory().toString(), cache.writable());
              }

              @Override
              public HostMount tmpfs(Mount.Tmpfs tmpfs) throws IOException {
                List<String> options = new ArrayList<>(List.of("nosuid"));
                tmpfs.size().ifPresent(size -> options.add("size=" + size));
                modeOver(target, root).ifPresent(mode -> options.add("mode=" + mode));
                if (!tmpfs.writable()) {
                  options.add("ro");
                }
                return new HostMount(target.toString(), "tmpfs", "tmpfs", options);
              }

              @Override
              public HostMount secret(Mount.Secret secret) throws IOException {
                Path file = secretFile(secret, number);
                return new HostMount(
                    target.toString(),
                    "bind",
                    file.toString(),
                    List.of("rbind", "rprivate", "ro", "nosuid", "nodev", "noexec"));
              }

              @Override
              public HostMount ssh(Mount.Ssh ssh) throws IOException {
                AgentProxy proxy = AgentProxy.open(ssh, identity);
                leases.add(proxy);
                return HostMount.bind(target.toString(), proxy.socket().toString(), true);
              }
            }));
  }

  /**
   * A tmpfs has the mode of the directory that it covers, which runc gives it by itself. What lies
   * in another mount is the engine's to look at.
   */
  private Optional<String> modeOver(TreePath target, FileTree root) throws IOException {
    if (mounts.stream().anyMatch(mount -> target.startsWith(TreePath.of(mount.target())))) {
      return Optional.empty();
    }
    return root.node(target).map(node -> Integer.toOctalString(node.metadata().mode()));
  }

  private static FileTree.Resolved source(RootFs from, String source) throws IOException {
    TreePath path = from.tree().follow(source);
    return from.tree()
        .node(path)
        .map(node -> new FileTree.Resolved(path, node))
        .orElseThrow(() -> new RunException("bind mount: " + source + ": not found"));
  }

  private Path bindSource(Mount.Bind bind, Path directory) throws IOException {
    Files.createDirectories(directory);
    RootFs from = bind.from();
    FileTree.Resolved source = source(from, bind.source());
    if (from.layers().isEmpty() || !overlays) {
      return unpack(source, directory);
    }
    List<Path> topDown = new ArrayList<>(lowers.of(from.layers()));
    Collections.reverse(topDown);
    if (!from.pending().isEmpty()) {
      Path pending = Files.createDirectory(directory.resolve("pending"));
      unpacker.unpack(from.pending(), from.tree(), pending);
      topDown.add(0, pending);
    }
    if (topDown.size() == 1 && !bind.writable()) {
      return topDown.get(0).resolve(relative(source.path()));
    }
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", OVERLAY, "lamina-bind", directory.toString()));
    topDown.forEach(lower -> command.add(lower.toString()));
    HostCommand.Result<String> unused =
        HostCommand.run(supervisor.inside(command)).requireSuccess();
    return directory.resolve("root").resolve(relative(source.path()));
  }

  private static String relative(TreePath path) {
    return path.toString().substring(1);
  }

  /** Makes host files of one file or directory, for this process alone. */
  private Path unpack(FileTree.Resolved source, Path directory) throws IOException {
    FileTree tree;
    String name = "";
    if (source.node() instanceof Node.Directory root) {
      tree = FileTree.of(root);
    } else {
      name = "file";
      tree =
          FileTree.empty().apply(Changes.builder().put(TreePath.of(name), source.node()).build());
    }
    Path files = Files.createDirectory(directory.resolve("tree"));
    unpacker.unpack(tree.diff(FileTree.empty()), tree, files);
    return files.resolve(name);
  }

  private Path secretFile(Mount.Secret secret, String number) throws IOException {
    Metadata metadata =
        new Metadata(secret.mode(), secret.uid(), secret.gid(), Instant.EPOCH, Xattrs.empty());
    Changes file =
        Changes.builder().put(TreePath.of(number), Node.file(metadata, secret.value())).build();
    Path directory = memory.resolve("secrets");
    HostCommand.Result<String> unused =
        HostCommand.run(supervisor.inside(List.of("mkdir", "-p", directory.toString())))
            .requireSuccess();
    new Unpacker(supervisor.inside(List.of()), false, !identity.isSingle())
        .unpack(file, FileTree.empty().apply(file), directory);
    return directory.resolve(number);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Closeable lease : leases) {
      try {
        lease.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    leases.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
