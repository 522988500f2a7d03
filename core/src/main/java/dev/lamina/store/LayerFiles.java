// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.layer.Layer;
import dev.lamina.layer.LayerIndex;
import dev.lamina.layer.LayerReader;
import dev.lamina.layer.LayerTree;
import dev.lamina.oci.Digest;
import dev.lamina.tar.TarOptions;
import java.io.IOException;
import java.util.Optional;

/** The uncompressed tars of layers and their indexes. Thread-safe. */
final class LayerFiles {
  /**
   * A layer that is stored has been verified by its digest, so it may end without an end mark, as
   * some do.
   */
  static final TarOptions VERIFIED = TarOptions.DEFAULT.withEndMarkRequired(false);

  /** An index of fewer entries is decoded about as fast as a tree is opened. */
  private static final int MIN_TREE = 100;

  private final Storage storage;

  LayerFiles(Storage storage) {
    this.storage = storage;
  }

  /**
   * Returns a layer's tar: a blob if the layer was made here or came uncompressed, else the copy
   * beside.
   */
  Optional<Content> tar(Digest diffId) throws IOException {
    Optional<Content> blob = storage.find(Area.of(diffId), diffId.hex());
    return blob.isPresent() ? blob : storage.find(Area.TARS, diffId.hex());
  }

  /** Marks a layer's tar as used now; false if there is none. */
  boolean touch(Digest diffId) throws IOException {
    return storage.touch(Area.of(diffId), diffId.hex()) || storage.touch(Area.TARS, diffId.hex());
  }

  /** Returns the layer with this tar, whose index and tree are those that are here. */
  Layer layer(Digest diffId, Content tar) {
    return new Layer(
        diffId,
        tar,
        new Layer.Source() {
          @Override
          public LayerIndex index() throws IOException {
            return LayerFiles.this.index(diffId, tar);
          }

          @Override
          public Optional<LayerTree> tree() throws IOException {
            return LayerFiles.this.tree(diffId, tar);
          }
        });
  }

  /** Returns a layer's index, made anew if it isn't there, or isn't whole. */
  private LayerIndex index(Digest diffId, Content tar) throws IOException {
    Optional<Content> file = storage.find(Area.INDEXES, diffId.hex());
    if (file.isPresent()) {
      Optional<LayerIndex> index = LayerIndex.parse(file.get().toByteArray());
      if (index.isPresent() && index.get().tarSize() == tar.size()) {
        return index.get();
      }
    }
    LayerIndex made = LayerReader.scan(diffId.toString(), tar, VERIFIED);
    putIndex(diffId, made);
    return made;
  }

  void putIndex(Digest diffId, LayerIndex index) throws IOException {
    try (Staged staged = storage.stage()) {
      staged.write(index.toBytes());
      staged.publish(Area.INDEXES, diffId.hex());
    }
  }

  /** Returns the tree that is kept of a layer, made anew if it isn't there; none of a small one. */
  private Optional<LayerTree> tree(Digest diffId, Content tar) throws IOException {
    Optional<Content> kept = storage.findMapped(Area.TREES, diffId.hex());
    if (kept.isPresent()) {
      Optional<LayerTree> tree = readTree(diffId, tar, kept.get());
      if (tree.isPresent()) {
        return tree;
      }
    }
    LayerIndex index = index(diffId, tar);
    if (index.entries() < MIN_TREE) {
      return Optional.empty();
    }
    Content made;
    try {
      made = putTree(diffId, index);
    } catch (IOException e) {
      return Optional.empty(); // a full disk, or a store that was closed: the changes do as well
    }
    return readTree(diffId, tar, made);
  }

  private Optional<LayerTree> readTree(Digest diffId, Content tar, Content bytes)
      throws IOException {
    return LayerTree.read(bytes, tar, () -> putTree(diffId, index(diffId, tar)));
  }

  private Content putTree(Digest diffId, LayerIndex index) throws IOException {
    try (Staged staged = storage.stage()) {
      index.writeTree(staged);
      staged.publish(Area.TREES, diffId.hex());
    }
    return storage.findMapped(Area.TREES, diffId.hex()).orElseThrow();
  }
}
