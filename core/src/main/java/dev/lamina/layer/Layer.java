// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A complete layer, read in place: its tar is there uncompressed, and its index says where in it
 * everything is. Nothing is unpacked.
 *
 * <pre>{@code
 * FileTree upper = layer.applyTo(lower);
 * }</pre>
 *
 * <p>A layer that came compressed may be {@linkplain #unopened not opened yet}: then its blob is
 * there, and when the layer is first read, that is decompressed and checked against the diff ID.
 *
 * <p>A layer is its diff ID: two with the same are equal. It is usable as long as the store it came
 * from is open. Thread-safe.
 */
public final class Layer {
  private final Digest diffId;
  private final long sizeBefore;
  private final Opening opening;
  private final Object lock = new Object();
  private volatile @Nullable OpenedLayer opened; // set once, with the lock held

  /** Where a layer gets from what is kept of its tar, when it is first asked for it. */
  @FunctionalInterface
  public interface Source {
    /** Reads the index, or makes it. */
    LayerIndex index() throws IOException;

    /** Reads the layer as a tree, or makes it; nothing if none is kept, as here. */
    default Optional<LayerTree> tree() throws IOException {
      return Optional.empty();
    }
  }

  /** What opens a layer when it is first read. */
  @FunctionalInterface
  public interface Opening {
    /** Returns the same layer, opened; asked again if it failed. */
    Layer open() throws IOException;
  }

  /**
   * Makes a layer of its parts.
   *
   * @param diffId the digest of {@code tar}, which is not computed again here
   * @param tar the uncompressed layer
   * @param source asked for what is kept of {@code tar} when it is needed
   */
  public Layer(Digest diffId, Content tar, Source source) {
    this.diffId = diffId;
    this.sizeBefore = tar.size();
    this.opening = () -> this;
    this.opened = new OpenedLayer(tar, source);
  }

  private Layer(Digest diffId, long sizeBefore, Opening opening) {
    this.diffId = diffId;
    this.sizeBefore = sizeBefore;
    this.opening = opening;
  }

  /**
   * Returns a layer that is opened when it is first read.
   *
   * @param diffId what the digest of the uncompressed layer must be; {@code opening} checks it
   * @param blobSize how large the layer's blob is in bytes
   */
  public static Layer unopened(Digest diffId, long blobSize, Opening opening) {
    return new Layer(diffId, blobSize, opening);
  }

  /** Returns the digest of the uncompressed layer. */
  public Digest diffId() {
    return diffId;
  }

  /** Returns whether the layer has been opened, and checked, already. */
  public boolean isOpened() {
    return opened != null;
  }

  /**
   * Returns the size of the uncompressed layer in bytes. Of a layer that hasn't been opened it is
   * not known: then this is the size of its blob.
   */
  public long size() {
    OpenedLayer known = opened;
    return known == null ? sizeBefore : known.tar().size();
  }

  /**
   * Returns the uncompressed layer.
   *
   * @throws dev.lamina.error.LaminaException if the layer hasn't been opened, and its blob isn't
   *     what its digest and the diff ID say
   * @throws IOException if it hasn't been opened, and its blob can't be read
   */
  public Content tar() throws IOException {
    return opened().tar();
  }

  /**
   * Returns what the layer changes, in the order of its entries; contents are slices of {@link
   * #tar()}.
   *
   * @throws LayerFormatException if the index has to be made and the tar isn't sound
   * @throws dev.lamina.error.LaminaException as {@link #tar()} does
   * @throws IOException if index or tar can't be read
   */
  public Changes changes() throws IOException {
    return opened().changes();
  }

  /**
   * Returns a tree with this layer over it, as {@link FileTree#apply} does with {@link #changes()}.
   * Where a tree is kept of the layer, only those of its directories are read for that which are in
   * {@code lower} too; the others are read when somebody goes there.
   *
   * @throws LayerFormatException if the index has to be made and the tar isn't sound
   * @throws dev.lamina.error.LaminaException as {@link #tar()} does
   * @throws java.nio.file.FileSystemException if the layer can't be applied
   * @throws IOException if index or tar can't be read
   */
  public FileTree applyTo(FileTree lower) throws IOException {
    return opened().applyTo(lower);
  }

  private OpenedLayer opened() throws IOException {
    OpenedLayer known = opened;
    if (known == null) {
      synchronized (lock) {
        known = opened;
        if (known == null) {
          known = opening.open().opened();
          opened = known;
        }
      }
    }
    return known;
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
