// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.path.PathFilter;
import java.io.IOException;
import java.util.Optional;

/** Where a context's files come from, before any is left out. */
interface ContextFiles {

  /** Returns the content of a regular file in the root, if there is one of that name. */
  Optional<Content> file(String name) throws IOException;

  /** Returns the files that a filter includes, with the directories they are in. */
  FileTree tree(PathFilter filter) throws IOException;
}
