// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.lang.ref.SoftReference;
import javax.annotation.Nullable;

/**
 * A complete layer, read in place: its tar is there uncompressed, and its index says where in it
 * everything is. Nothing is unpacked.
 *
 * <pre>{@code
 * FileTree upper = layer.applyTo(lower);
 * }</pre>
 *
 * <p>A layer is its diff ID: two with the same are equal. It is usable as long as the store it came
 * from is open. Thread-safe.
 */
public final class Layer {
  private final Digest diffId;
  private final Content tar;
  private final IndexSource indexSource;
  private final TreeSource treeSource;
  private final Object lock = new Object();
  private @Nullable SoftReference<Changes> changes; // guarded by lock
  private @Nullable SoftReference<FileTree> tree; // guarded by lock

  /** Where a layer gets its index from when it is first asked for its changes. */
  @FunctionalInterface
  public interface IndexSource {
    /** Reads the index, or makes it. */
    LayerIndex load() throws IOException;
  }

  /** Where the tree comes from that a layer makes of nothing, when it is first asked for. */
  @FunctionalInterface
  public interface TreeSource {
    /** Reads the tree, or makes it. */
    FileTree load() throws IOException;
  }

  /**
   * Makes a layer of its parts, whose tree is made of its changes.
   *
   * @param diffId the digest of {@code tar}, which is not computed again here
   * @param tar the uncompressed layer
   * @param indexSource asked for the index of {@code tar} when it is needed
   */
  public Layer(Digest diffId, Content tar, IndexSource indexSource) {
    this.diffId = diffId;
    this.tar = tar;
    this.indexSource = indexSource;
    this.treeSource = () -> FileTree.empty().apply(changes());
  }

  /**
   * Makes a layer of its parts.
   *
   * @param diffId the digest of {@code tar}, which is not computed again here
   * @param tar the uncompressed layer
   * @param indexSource asked for the index of {@code tar} when it is needed
   * @param treeSource asked for what {@link #changes()} make of an empty tree when it is needed
   */
  public Layer(Digest diffId, Content tar, IndexSource indexSource, TreeSource treeSource) {
    this.diffId = diffId;
    this.tar = tar;
    this.indexSource = indexSource;
    this.treeSource = treeSource;
  }

  /** Returns the digest of the uncompressed layer. */
  public Digest diffId() {
    return diffId;
  }

  /** Returns the size of the uncompressed layer in bytes. */
  public long size() {
    return tar.size();
  }

  /** Returns the uncompressed layer. */
  public Content tar() {
    return tar;
  }

  /**
   * Returns what the layer changes, in the order of its entries; contents are slices of {@link
   * #tar()}.
   *
   * @throws LayerFormatException if the index has to be made and the tar isn't sound
   * @throws IOException if index or tar can't be read
   */
  public Changes changes() throws IOException {
    synchronized (lock) {
      Changes known = changes == null ? null : changes.get();
      if (known == null) {
        known = indexSource.load().changes(tar);
        changes = new SoftReference<>(known);
      }
      return known;
    }
  }

  /**
   * Returns a tree with this layer over it, as {@link FileTree#apply} does with {@link #changes()}.
   * Over {@link FileTree#empty()} a large layer isn't read for that: the tree comes from its store
   * piece by piece, where somebody goes.
   *
   * @throws LayerFormatException if the index has to be made and the tar isn't sound
   * @throws java.nio.file.FileSystemException if the layer can't be applied
   * @throws IOException if index or tar can't be read
   */
  public FileTree applyTo(FileTree lower) throws IOException {
    return lower == FileTree.empty() ? tree() : lower.apply(changes());
  }

  private FileTree tree() throws IOException {
    synchronized (lock) {
      FileTree known = tree == null ? null : tree.get();
      if (known == null) {
        known = treeSource.load();
        tree = new SoftReference<>(known);
      }
      return known;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Layer layer && diffId.equals(layer.diffId);
  }

  @Override
  public int hashCode() {
    return diffId.hashCode();
  }

  /** Returns the diff ID. */
  @Override
  public String toString() {
    return diffId.toString();
  }
}
