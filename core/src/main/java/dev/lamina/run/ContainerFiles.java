// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.tar.TarFormatException;
import dev.lamina.task.HostProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Takes what a process changed out of its container. The service says what it is; a few files and
 * directories are copied one by one, more are picked from an export of everything while that
 * streams by, so that no more than they are is written here.
 *
 * <p>Copies don't show that a file has another name. If one looks like another file, the export
 * tells. Times are whole seconds, as the service gives them; a file that it names but that has the
 * attributes and bytes it had keeps what is known of it.
 */
final class ContainerFiles {
  /** As many copies take about as long as an export of a small root. */
  private static final int MOST_COPIES = 8;

  private static final TreePath ETC = TreePath.of("/etc");

  private final ServiceProgram program;
  private final String container;
  private final FileTree before;
  private final Path spool;

  /**
   * Prepares the reading.
   *
   * @param before what is known of the container's files before they changed
   * @param spool a file to be made, for the contents
   */
  ContainerFiles(ServiceProgram program, String container, FileTree before, Path spool) {
    this.program = program;
    this.container = container;
    this.before = before;
    this.spool = spool;
  }

  /** Returns the changes. */
  Changes changes() throws IOException {
    return changes(true);
  }

  /** Returns the changes of a container with mounts: podman copies what is mounted. */
  Changes changesBelowMounts() throws IOException {
    return changes(!program.isPodman());
  }

  private Changes changes(boolean copiesAreTheContainers) throws IOException {
    ServiceDiff diff = ServiceDiff.parse(program.require("diff", container));
    if (diff.isEmpty()) {
      return Changes.none();
    }
    boolean few = copiesAreTheContainers && diff.exact() && copies(diff) <= MOST_COPIES;
    Optional<Changes> copied = few && !hasDirectoryMadeAnew(diff) ? copied(diff) : Optional.empty();
    return copied.isPresent() ? copied.get() : exported(diff);
  }

  private int copies(ServiceDiff diff) {
    int asked = program.isPodman() ? removedDirectories(diff).size() : 0;
    return diff.topsOfAdded().size() + diff.changed().size() + asked;
  }

  private List<TreePath> removedDirectories(ServiceDiff diff) {
    return diff.removed().stream().map(TreePath::of).filter(this::wasDirectory).toList();
  }

  private boolean wasDirectory(TreePath path) {
    return before.node(path).filter(Node.Directory.class::isInstance).isPresent();
  }

  /** Podman names a directory as removed that was removed and made again. */
  private boolean hasDirectoryMadeAnew(ServiceDiff diff) throws IOException {
    if (program.isPodman()) {
      for (TreePath path : removedDirectories(diff)) {
        HostProcess.Result<Boolean> result =
            program.drain(
                List.of("cp", container + ":" + path, "-"),
                out -> {
                  boolean there = out.read() > 0; // a name, and no end mark
                  out.close();
                  return there;
                });
        if (result.output()) {
          return true;
        }
      }
    }
    return false;
  }

  private Optional<Changes> copied(ServiceDiff diff) throws IOException {
    Map<TreePath, StreamedFiles.Entry> all = new TreeMap<>();
    List<Map<TreePath, StreamedFiles.Entry>> copies = new ArrayList<>();
    try (StreamedFiles files = new StreamedFiles(spool)) {
      for (String changed : diff.changed()) {
        TreePath path = TreePath.of(changed); // of a directory, the rest is named by itself
        copies.add(copy(files, path, true));
      }
      for (TreePath path : diff.topsOfAdded()) {
        copies.add(copy(files, path, false));
      }
    }
    copies.forEach(all::putAll);
    if (haveLookalikes(all.keySet(), copies)) {
      return Optional.empty();
    }
    List<Change> changes = new ArrayList<>();
    diff.removed().forEach(path -> changes.add(new Change.Remove(TreePath.of(path))));
    changes.removeIf(change -> before.node(change.path()).isEmpty());
    for (StreamedFiles.Entry entry : all.values()) {
      changes.add(change(entry));
    }
    return Optional.of(Changes.of(changes));
  }

  private Map<TreePath, StreamedFiles.Entry> copy(StreamedFiles files, TreePath path, boolean first)
      throws IOException {
    Map<TreePath, StreamedFiles.Entry> found = new TreeMap<>();
    read(
        List.of("cp", container + ":" + path, "-"),
        out ->
            files.read(
                out,
                entry -> path.parent().resolve(entry),
                at -> true,
                entry -> found.put(entry.path(), entry),
                first),
        () -> first && found.containsKey(path)); // it fails as nobody reads the rest
    return found;
  }

  /** What reads a stream. */
  @FunctionalInterface
  private interface Reading {
    void read(InputStream in) throws IOException;
  }

  /** Reads what a command writes; that it failed says more than that its output is cut off. */
  private void read(List<String> command, Reading reading, BooleanSupplier suffices)
      throws IOException {
    HostProcess.Result<Optional<TarFormatException>> result =
        program.drain(
            command,
            out -> {
              try {
                reading.read(out);
                return Optional.empty();
              } catch (TarFormatException e) {
                out.close();
                return Optional.of(e);
              }
            });
    if (result.exitCode() != 0 && !suffices.getAsBoolean()) {
      throw program.failed(command.get(0), result.exitCode(), result.stderr());
    }
    if (result.output().isPresent()) {
      throw result.output().get();
    }
  }

  /** Tells whether a copied file may be another name of one that was not in the same copy. */
  private boolean haveLookalikes(
      Set<TreePath> copied, List<Map<TreePath, StreamedFiles.Entry>> copies) {
    Set<Object> looks = new HashSet<>();
    before.forEach(
        (path, node) -> {
          if (node instanceof Node.File file && !copied.contains(path)) {
            looks.add(look(file));
          }
        });
    for (Map<TreePath, StreamedFiles.Entry> copy : copies) {
      List<Object> own = new ArrayList<>();
      for (StreamedFiles.Entry entry : copy.values()) {
        if (entry.node().isPresent() && entry.node().get() instanceof Node.File file) {
          own.add(look(file));
        }
      }
      if (own.stream().anyMatch(looks::contains)) {
        return true;
      }
      looks.addAll(own);
    }
    return false;
  }

  private static Object look(Node.File file) {
    Metadata metadata = seen(file.metadata());
    return List.of(metadata, file.size());
  }

  private Changes exported(ServiceDiff diff) throws IOException {
    Set<TreePath> seen = new HashSet<>();
    Map<TreePath, Change> puts = new LinkedHashMap<>();
    try (StreamedFiles files = new StreamedFiles(spool)) {
      read(
          List.of("export", container),
          out ->
              files.read(
                  out,
                  TreePath::of,
                  path -> seen.add(path) && diff.names(path),
                  entry -> add(entry, diff, puts),
                  false),
          () -> false);
    }
    List<Change> changes = new ArrayList<>();
    before.forEach(
        (path, node) -> {
          if (!path.isRoot() && !seen.contains(path) && isRemoved(path, seen, diff)) {
            changes.add(new Change.Remove(path));
          }
        });
    changes.addAll(puts.values());
    return Changes.of(changes);
  }

  /** Adds what is named; a file of which an old name comes later is a link to that. */
  private void add(StreamedFiles.Entry entry, ServiceDiff diff, Map<TreePath, Change> puts) {
    if (diff.names(entry.path())) {
      puts.put(entry.path(), change(entry));
    } else if (puts.containsKey(entry.linkTarget())) {
      puts.put(entry.linkTarget(), new Change.Link(entry.linkTarget(), entry.path()));
    }
  }

  /** A directory that hides what it had is named, but not always what it hides. */
  private static boolean isRemoved(TreePath path, Set<TreePath> seen, ServiceDiff diff) {
    return diff.removed().contains(ServiceDiff.key(path))
        || (seen.contains(path.parent()) && diff.names(path.parent()));
  }

  private Change change(StreamedFiles.Entry entry) {
    if (entry.node().isEmpty()) {
      return new Change.Link(entry.path(), entry.linkTarget());
    }
    Node node = entry.node().get();
    Optional<Node> old = before.node(entry.path());
    if (old.isPresent() && isAsBefore(entry.path(), old.get().metadata(), node.metadata())) {
      return new Change.Put(entry.path(), node.withMetadata(old.get().metadata()));
    }
    return new Change.Put(entry.path(), node);
  }

  /** Podman makes files to mount on in {@code /etc}, which gets another time by that. */
  private boolean isAsBefore(TreePath path, Metadata old, Metadata now) {
    Metadata compared = program.isPodman() && path.equals(ETC) ? now.withMtime(old.mtime()) : now;
    return seen(old).equals(seen(compared));
  }

  /** Returns what a service's tar shows of attributes. */
  private static Metadata seen(Metadata metadata) {
    Optional<byte[]> capability = metadata.xattrs().get(CapabilityReader.XATTR);
    Xattrs xattrs = Xattrs.empty();
    return metadata
        .withXattrs(
            capability.map(value -> xattrs.with(CapabilityReader.XATTR, value)).orElse(xattrs))
        .withMtime(metadata.mtime().truncatedTo(ChronoUnit.SECONDS));
  }
}
