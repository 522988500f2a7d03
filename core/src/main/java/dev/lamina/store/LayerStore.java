// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Changes;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * The layers of a store, by diff ID. A layer made here is an uncompressed blob, whose digest is its
 * diff ID. One that came compressed is kept as it came, so that it leaves under the same digest,
 * with an uncompressed copy beside it that is read in place.
 *
 * <p>Thread-safe.
 */
public final class LayerStore {
  LayerStore() {}

  /**
   * Writes changes as a layer: one pass over the contents to tar, digest, index and blob.
   *
   * @throws dev.lamina.layer.LayerFormatException if the changes hold what a layer can't
   */
  public Layer commit(Changes changes) throws IOException {
    return Pending.get();
  }

  /**
   * Takes a layer's blob in: one pass over its bytes to blob, digests, uncompressed copy and index.
   * The stream is read to its end.
   *
   * @param blob the blob's bytes, compressed in any format or not
   * @param descriptor what the blob must be; its media type is what it will be offered under
   * @throws BlobMismatchException if it isn't what the descriptor says
   * @throws dev.lamina.layer.LayerFormatException if it isn't a sound layer
   * @throws dev.lamina.compress.CompressionException if it can't be decompressed
   */
  public Layer ingest(InputStream blob, Descriptor descriptor) throws IOException {
    return Pending.get();
  }

  /**
   * Takes a layer's blob in as {@link #ingest(InputStream, Descriptor)} does, and checks its diff
   * ID too.
   *
   * @throws BlobMismatchException if blob or layer aren't what they must be
   */
  public Layer ingest(InputStream blob, Descriptor descriptor, Digest diffId) throws IOException {
    return Pending.get();
  }

  /**
   * Takes in an uncompressed layer that nothing is known of, such as the tar of a root file system,
   * or of an archive without digests.
   *
   * @param what how the layer is called in exceptions
   */
  public Layer ingestTar(InputStream tar, String what) throws IOException {
    return Pending.get();
  }

  /** Returns a layer if the store has it. */
  public Optional<Layer> find(Digest diffId) throws IOException {
    return Pending.get();
  }

  /**
   * Returns a layer.
   *
   * @throws BlobNotFoundException if the store doesn't have it
   */
  public Layer require(Digest diffId) throws IOException {
    return Pending.get();
  }

  /**
   * Returns a layer whose blob is in the store, and which an image names: from its uncompressed
   * copy if there is one, else by making that.
   *
   * @throws BlobNotFoundException if the store has neither
   * @throws BlobMismatchException if the blob isn't what image and descriptor say
   */
  public Layer open(Descriptor blob, Digest diffId) throws IOException {
    return Pending.get();
  }

  /**
   * Returns the blobs in the store that hold a layer, as they came: the first is the one it is
   * offered under by default.
   */
  public List<Descriptor> blobs(Layer layer) throws IOException {
    return Pending.get();
  }

  /**
   * Returns a layer's blob in a format: one the store has, or one made now, once for each layer and
   * format, and remembered.
   *
   * @param options {@link CompressionOptions#none()} for the tar itself
   */
  public Descriptor blob(Layer layer, CompressionOptions options) throws IOException {
    return Pending.get();
  }
}
