// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import java.io.IOException;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A file or directory of a context, while it is found out what of the context a build looks at.
 *
 * @param <P> what its children are
 */
interface Place<P extends Place<P>> {

  /** Returns whether it may have children. */
  boolean isDirectory();

  /** Returns where it leads, if it is a symbolic link. */
  Optional<String> link() throws IOException;

  /** Returns the child of a name, or null if there is none that the context has. */
  @Nullable
  P childOrNull(String name) throws IOException;

  /**
   * Returns the names of its children in byte order; those that the context leaves out may be
   * there.
   */
  Iterable<String> names() throws IOException;
}
