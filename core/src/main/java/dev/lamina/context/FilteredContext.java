// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.FileTree;
import dev.lamina.path.PathFilter;
import java.io.IOException;
import java.util.Set;

/** A context without what its {@code .dockerignore} names. */
record FilteredContext(ContextFiles files) implements BuildContext {

  @Override
  public FileTree tree(Set<String> needed) throws IOException {
    return files.tree(PathFilter.ALL);
  }
}
