// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.archive.FolderWriter;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.spi.Mount;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunException;
import dev.lamina.task.PathLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The mounts of one process as arguments of Docker's command line: host files made for it in a
 * folder of the session, and caches in one that stays. Not safe for use by several threads.
 */
final class ServiceMounts implements Mount.Visitor<List<String>>, Closeable {
  private final Path scratch;
  private final Path caches;
  private final List<PathLock> locks = new ArrayList<>();
  private int count;

  ServiceMounts(Path scratch, Path caches) {
    this.scratch = scratch;
    this.caches = caches;
  }

  /** Returns the arguments for some mounts. */
  List<String> arguments(List<Mount> mounts) throws IOException {
    List<String> arguments = new ArrayList<>();
    for (Mount mount : mounts) {
      arguments.addAll(mount.accept(this));
    }
    return arguments;
  }

  @Override
  public List<String> bind(Mount.Bind bind) throws IOException {
    RootFs from = bind.from();
    TreePath path = from.tree().follow(bind.source());
    Node node =
        from.tree()
            .node(path)
            .orElseThrow(() -> new RunException("bind mount: " + bind.source() + ": not found"));
    return bound(write(node), bind.target(), bind.writable());
  }

  /** Makes host files of a node, which belong to this process alone. */
  private Path write(Node node) throws IOException {
    Path folder = scratch.resolve(Integer.toString(++count));
    if (node instanceof Node.Directory directory) {
      FolderWriter.write(FileTree.of(directory), folder);
      return folder;
    }
    FileTree one = FileTree.empty().apply(Changes.builder().put(TreePath.of("f"), node).build());
    FolderWriter.write(one, folder);
    return folder.resolve("f");
  }

  private static List<String> bound(Path source, String target, boolean writable) {
    List<String> fields =
        new ArrayList<>(List.of("type=bind", "source=" + source, "target=" + target));
    if (!writable) {
      fields.add("readonly");
    }
    return List.of("--mount", csv(fields));
  }

  private static String csv(List<String> fields) {
    return String.join(
        ",", fields.stream().map(field -> '"' + field.replace("\"", "\"\"") + '"').toList());
  }

  @Override
  public List<String> cache(Mount.Cache cache) throws IOException {
    Files.createDirectories(caches);
    String key = cache.key();
    Path lock = caches.resolve(key + ".lock");
    locks.add(
        cache.sharing() == Mount.Sharing.SHARED
            ? PathLock.acquireShared(lock)
            : PathLock.acquire(lock));
    Path folder = caches.resolve(key);
    if (!Files.isDirectory(folder)) {
      Path unused = PathLock.holding(caches.resolve(key + ".new.lock"), () -> make(cache, folder));
    }
    return bound(folder, cache.target(), cache.writable());
  }

  private static Path make(Mount.Cache cache, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      FolderWriter.write(CacheMounts.start(cache), folder);
    }
    return folder;
  }

  @Override
  public List<String> tmpfs(Mount.Tmpfs tmpfs) {
    List<String> fields = new ArrayList<>(List.of("type=tmpfs", "target=" + tmpfs.target()));
    tmpfs.size().ifPresent(size -> fields.add("tmpfs-size=" + size));
    if (!tmpfs.writable()) {
      fields.add("readonly");
    }
    return List.of("--mount", csv(fields));
  }

  @Override
  public List<String> secret(Mount.Secret secret) throws IOException {
    Metadata metadata =
        new Metadata(secret.mode(), secret.uid(), secret.gid(), Instant.EPOCH, Xattrs.empty());
    return bound(write(Node.file(metadata, secret.value())), secret.target(), false);
  }

  @Override
  public List<String> ssh(Mount.Ssh ssh) {
    return bound(ssh.socket(), ssh.target(), true);
  }

  @Override
  public void close() throws IOException {
    for (PathLock lock : locks) {
      lock.close();
    }
    locks.clear();
  }
}
