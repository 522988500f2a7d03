// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes changes out of a container by an export of everything in it, from which those files are
 * picked that are named.
 *
 * @param spool a file to be made, for the contents
 */
record ContainerExport(ServiceProgram program, String container, KnownFiles known, Path spool) {

  /** Returns the changes. */
  Changes changes(ServiceDiff diff) throws IOException {
    Set<TreePath> seen = new HashSet<>();
    Map<TreePath, Change> puts = new LinkedHashMap<>();
    try (StreamedFiles files = new StreamedFiles(spool)) {
      program.readTar(
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
    Changes.Builder changes = Changes.builder();
    known
        .tree()
        .forEach(
            (path, node) -> {
              if (!path.isRoot() && !seen.contains(path) && isRemoved(path, seen, diff)) {
                changes.add(new Change.Remove(path));
              }
            });
    puts.values().forEach(changes::add);
    return changes.build();
  }

  /** Adds what is named; a file of which an old name comes later is a link to that. */
  private void add(StreamedFiles.Entry entry, ServiceDiff diff, Map<TreePath, Change> puts) {
    if (diff.names(entry.path())) {
      puts.put(entry.path(), known.change(entry));
    } else if (puts.containsKey(entry.linkTarget())) {
      puts.put(entry.linkTarget(), new Change.Link(entry.linkTarget(), entry.path()));
    }
  }

  /** A directory that hides what it had is named, but not always what it hides. */
  private static boolean isRemoved(TreePath path, Set<TreePath> seen, ServiceDiff diff) {
    return diff.removed().contains(ServiceDiff.key(path))
        || (seen.contains(path.parent()) && diff.names(path.parent()));
  }
}
