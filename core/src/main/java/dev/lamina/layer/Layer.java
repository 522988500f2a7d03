// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.lang.ref.SoftReference;
import javax.annotation.Nullable;

/**
 * A complete layer, read in place: its tar is there uncompressed, and its index says where in it
 * everything is. Nothing is unpacked.
 *
 * <pre>{@code
 * FileTree upper = lower.apply(layer.changes());
 * }</pre>
 *
 * <p>A layer is its diff ID: two with the same are equal. It is usable as long as the store it came
 * from is open. Thread-safe.
 */
public final class Layer {
  private final Digest diffId;
  private final Content tar;
  private final IndexSource indexSource;
  private final Object lock = new Object();
  private @Nullable SoftReference<Changes> changes; // guarded by lock

  /** Where a layer gets its index from when it is first asked for its changes. */
  @FunctionalInterface
  public interface IndexSource {
    /** Reads the index, or makes it. */
    LayerIndex load() throws IOException;
  }

  /**
   * Makes a layer of its parts.
   *
   * @param diffId the digest of {@code tar}, which is not computed again here
   * @param tar the uncompressed layer
   * @param indexSource asked for the index of {@code tar} when it is needed
   */
  public Layer(Digest diffId, Content tar, IndexSource indexSource) {
    this.diffId = diffId;
    this.tar = tar;
    this.indexSource = indexSource;
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
