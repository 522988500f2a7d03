// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.TreeBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * The files that a scan found, of which a tree is made when somebody looks at them.
 *
 * @param metadata the root's attributes
 * @param root what is in it; nothing is added to it any more
 */
record ScannedTree(Metadata metadata, ScannedFolder root) implements VersionedTree {
  @Override
  public FileTree tree() {
    TreeBuilder builder = new TreeBuilder();
    return builder.build(metadata, root.children(builder));
  }

  @Override
  public Optional<String> version(Instant before) {
    return TreeVersion.of(metadata.mode(), root, before);
  }
}
