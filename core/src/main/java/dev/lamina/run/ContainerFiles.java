// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.task.HostProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes what a process changed out of its container. The service says what it is; a few files and
 * directories are copied one by one, more are picked from an export of everything while that
 * streams by, so that no more than they are is written here.
 */
final class ContainerFiles {
  /** As many copies take about as long as an export of a small root. */
  private static final int MOST_COPIES = 8;

  /** Podman makes files to mount on in {@code /etc}, which gets another time by that. */
  private static final Set<TreePath> RETIMED_BY_PODMAN = Set.of(TreePath.of("/etc"));

  private final ServiceProgram program;
  private final String container;
  private final KnownFiles known;
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
    this.known = new KnownFiles(before, program.isPodman() ? RETIMED_BY_PODMAN : Set.of());
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
    Optional<Changes> copied = Optional.empty();
    if (copiesAreTheContainers && diff.exact() && areFew(diff) && !hasDirectoryMadeAnew(diff)) {
      copied = new ContainerCopies(program, container, known, spool).changes(diff);
    }
    return copied.isPresent()
        ? copied.get()
        : new ContainerExport(program, container, known, spool).changes(diff);
  }

  private boolean areFew(ServiceDiff diff) {
    int copies = diff.topsOfAdded().size() + diff.changed().size() + doubtful(diff).size();
    return copies <= MOST_COPIES;
  }

  /** Podman names a directory as removed that was removed and made again. */
  private List<TreePath> doubtful(ServiceDiff diff) {
    return program.isPodman()
        ? diff.removed().stream().map(TreePath::of).filter(known::hasDirectory).toList()
        : List.of();
  }

  private boolean hasDirectoryMadeAnew(ServiceDiff diff) throws IOException {
    for (TreePath path : doubtful(diff)) {
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
    return false;
  }
}
