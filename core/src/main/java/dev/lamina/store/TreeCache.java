// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.task.Parallel;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The trees that layers make, by chain ID, for as long as there is memory for them. Thread-safe.
 */
final class TreeCache {
  private final Map<Digest, SoftReference<FileTree>> trees = new HashMap<>(); // guarded by this

  /**
   * Returns the tree of layers laid over each other; only those above the nearest tree known are
   * applied.
   */
  FileTree tree(List<Layer> layers) throws IOException {
    open(layers);
    List<Digest> chain = Digest.chainIds(layers.stream().map(Layer::diffId).toList());
    int known = layers.size();
    FileTree tree = null;
    while (tree == null && known > 0) {
      tree = findOrNull(chain.get(--known));
    }
    int next = tree == null ? 0 : known + 1;
    FileTree result = tree == null ? FileTree.empty() : tree;
    for (; next < layers.size(); next++) {
      result = layers.get(next).applyTo(result);
      put(chain.get(next), result);
    }
    return result;
  }

  /** Opens them all: before that, what stands under their diff IDs needn't be their files. */
  private static void open(List<Layer> layers) throws IOException {
    List<Parallel.Task> tasks = new ArrayList<>();
    for (Layer layer : layers) {
      if (!layer.isOpened()) {
        tasks.add(
            () -> {
              Content unused = layer.tar();
            });
      }
    }
    Parallel.run(tasks, Runtime.getRuntime().availableProcessors());
  }

  /** Remembers a tree that was made otherwise. */
  private synchronized void put(Digest chainId, FileTree tree) {
    trees.values().removeIf(reference -> reference.get() == null);
    trees.put(chainId, new SoftReference<>(tree));
  }

  @Nullable
  private synchronized FileTree findOrNull(Digest chainId) {
    SoftReference<FileTree> reference = trees.get(chainId);
    return reference == null ? null : reference.get();
  }
}
