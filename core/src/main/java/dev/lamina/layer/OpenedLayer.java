// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * What is there of a layer that has been opened, shared by all that stand for it. What is made of
 * its tar is kept for as long as there is memory for it. Thread-safe.
 */
final class OpenedLayer {
  private final Content tar;
  private final Layer.Source source;
  private @Nullable SoftReference<Changes> changes; // guarded by this
  private @Nullable SoftReference<LayerTree> tree; // guarded by this

  OpenedLayer(Content tar, Layer.Source source) {
    this.tar = tar;
    this.source = source;
  }

  Content tar() {
    return tar;
  }

  synchronized Changes changes() throws IOException {
    Changes known = changes == null ? null : changes.get();
    if (known == null) {
      known = source.index().changes(tar);
      changes = new SoftReference<>(known);
    }
    return known;
  }

  FileTree applyTo(FileTree lower) throws IOException {
    Optional<LayerTree> kept = tree();
    Optional<FileTree> applied = kept.isPresent() ? kept.get().over(lower) : Optional.empty();
    return applied.isPresent() ? applied.get() : lower.apply(changes());
  }

  private synchronized Optional<LayerTree> tree() throws IOException {
    LayerTree known = tree == null ? null : tree.get();
    if (known == null) {
      known = source.tree().orElse(null);
      tree = known == null ? null : new SoftReference<>(known);
    }
    return Optional.ofNullable(known);
  }
}
