// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.lang.ref.SoftReference;
import javax.annotation.Nullable;

/**
 * What is there of a layer that has been opened, shared by all that stand for it. What is made of
 * its tar is kept for as long as there is memory for it. Thread-safe.
 */
final class OpenedLayer {
  private final Content tar;
  private final Layer.IndexSource indexSource;
  private final Layer.TreeSource treeSource;
  private @Nullable SoftReference<Changes> changes; // guarded by this
  private @Nullable SoftReference<FileTree> tree; // guarded by this

  OpenedLayer(Content tar, Layer.IndexSource indexSource, Layer.TreeSource treeSource) {
    this.tar = tar;
    this.indexSource = indexSource;
    this.treeSource = treeSource;
  }

  Content tar() {
    return tar;
  }

  synchronized Changes changes() throws IOException {
    Changes known = changes == null ? null : changes.get();
    if (known == null) {
      known = indexSource.load().changes(tar);
      changes = new SoftReference<>(known);
    }
    return known;
  }

  /** Returns what the layer makes of an empty tree. */
  synchronized FileTree tree() throws IOException {
    FileTree known = tree == null ? null : tree.get();
    if (known == null) {
      known = treeSource.load();
      tree = new SoftReference<>(known);
    }
    return known;
  }
}
