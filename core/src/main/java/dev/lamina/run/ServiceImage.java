// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.ProcessSpec;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An image of the service.
 *
 * @param name what the service knows it by
 * @param tree what it holds
 * @param layers how many it is made of
 * @param variables names of the environment that its containers begin with
 */
record ServiceImage(String name, FileTree tree, int layers, Set<String> variables) {
  ServiceImage {
    variables = Set.copyOf(variables);
  }

  /** Returns the variables that a process must not see, which it would have from the image. */
  Set<String> surplus(ProcessSpec spec) {
    Set<String> names = new TreeSet<>(variables);
    names.removeAll(spec.env().keySet());
    names.removeAll(spec.secretEnv().keySet());
    return names;
  }

  /**
   * Returns what makes other files of this image's, if it can be copied into a container: a copy
   * takes nothing away. Directories above the changes are among them, so that they keep their
   * times.
   */
  Optional<Changes> additions(FileTree wanted) throws IOException {
    Changes changes = wanted.diff(tree);
    for (Change change : changes) {
      Optional<Node> old = tree.node(change.path());
      boolean replaces =
          old.isPresent()
              && !(change instanceof Change.Put put
                  && put.node().getClass() == old.get().getClass());
      if (replaces || change.path().isRoot()) {
        return Optional.empty();
      }
    }
    return Optional.of(withParents(changes, wanted));
  }

  private static Changes withParents(Changes changes, FileTree wanted) {
    Set<TreePath> parents = new TreeSet<>();
    for (Change change : changes) {
      for (TreePath at = change.path().parent(); !at.isRoot(); at = at.parent()) {
        parents.add(at);
      }
    }
    Changes.Builder all = Changes.builder();
    parents.forEach(at -> all.put(at, wanted.node(at).orElseThrow()));
    changes.forEach(all::add);
    return all.build();
  }
}
