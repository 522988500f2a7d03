// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes changes out of a container by a copy of each file and directory that is named. Copies don't
 * show that a file has another name: if one looks like another file, nothing can be said.
 *
 * @param spool a file to be made, for the contents
 */
record ContainerCopies(ServiceProgram program, String container, KnownFiles known, Path spool) {

  /** Returns the changes; empty if a file may have names in several copies. */
  Optional<Changes> changes(ServiceDiff diff) throws IOException {
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
    Map<TreePath, StreamedFiles.Entry> all = new TreeMap<>();
    copies.forEach(all::putAll);
    if (haveLookalikes(copies, all.keySet())) {
      return Optional.empty();
    }
    Changes.Builder changes = Changes.builder();
    diff.removed().stream()
        .map(TreePath::of)
        .filter(known::has)
        .forEach(path -> changes.add(new Change.Remove(path)));
    all.values().forEach(entry -> changes.add(known.change(entry)));
    return Optional.of(changes.build());
  }

  private Map<TreePath, StreamedFiles.Entry> copy(StreamedFiles files, TreePath path, boolean first)
      throws IOException {
    Map<TreePath, StreamedFiles.Entry> found = new TreeMap<>();
    program.readTar(
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

  /** Tells whether a copied file may be another name of one that was not in the same copy. */
  private boolean haveLookalikes(
      List<Map<TreePath, StreamedFiles.Entry>> copies, Set<TreePath> copied) {
    Set<KnownFiles.Look> looks = new HashSet<>();
    for (Map<TreePath, StreamedFiles.Entry> copy : copies) {
      Set<KnownFiles.Look> own = looks(copy);
      if (!Collections.disjoint(looks, own)) {
        return true;
      }
      looks.addAll(own);
    }
    return !looks.isEmpty() && isKnownElsewhere(looks, copied);
  }

  private static Set<KnownFiles.Look> looks(Map<TreePath, StreamedFiles.Entry> copy) {
    Set<KnownFiles.Look> looks = new HashSet<>();
    for (StreamedFiles.Entry entry : copy.values()) {
      if (entry.node().orElse(null) instanceof Node.File file) {
        looks.add(KnownFiles.Look.of(file));
      }
    }
    return looks;
  }

  private boolean isKnownElsewhere(Set<KnownFiles.Look> looks, Set<TreePath> copied) {
    AtomicBoolean found = new AtomicBoolean();
    known
        .tree()
        .forEach(
            (path, node) -> {
              if (node instanceof Node.File file
                  && looks.contains(KnownFiles.Look.of(file))
                  && !copied.contains(path)) {
                found.set(true);
              }
            });
    return found.get();
  }
}
