// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.FileTree;
import java.time.Instant;
import java.util.Optional;

/**
 * Files, and what tells them from others without reading any. Immutable, and safe for use by
 * several threads.
 */
public interface VersionedTree {

  /** Returns the files. */
  FileTree tree();

  /**
   * Returns a text that two trees have in common only if they have the same names, modes, owners
   * and contents; nothing, if a content may change without a trace of it.
   *
   * @param before when a host's files must have been changed last: the times of one that is changed
   *     twice in a tick of the file system's clock don't tell
   */
  Optional<String> version(Instant before);

  /** Returns the files of a tree. */
  static VersionedTree of(FileTree tree) {
    return new VersionedTree() {
      @Override
      public FileTree tree() {
        return tree;
      }

      @Override
      public Optional<String> version(Instant before) {
        return TreeVersion.of(tree, before);
      }
    };
  }
}
