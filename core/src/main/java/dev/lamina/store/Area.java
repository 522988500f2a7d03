// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Digest;
import java.util.List;
import java.util.Locale;

/**
 * A part of a store, and the folder it is in on disk. Things in it have a name, and are whole or
 * absent.
 */
enum Area {
  /** {@code oci-layout} and {@code index.json}. */
  ROOT("", true),
  /** Blobs, under the hexadecimal digits of their SHA-256. */
  SHA256("blobs/sha256", true),
  /** Blobs, under the hexadecimal digits of their SHA-384. */
  SHA384("blobs/sha384", true),
  /** Blobs, under the hexadecimal digits of their SHA-512. */
  SHA512("blobs/sha512", true),
  /** Uncompressed copies of layers that came compressed, under their diff IDs. */
  TARS("lamina/tars", true),
  /** Indexes of layers, under their diff IDs; they know themselves whether they are whole. */
  INDEXES("lamina/indexes", false),
  /** Layers as trees, under their diff IDs; they know that as well. */
  TREES("lamina/trees", false),
  /** Where chunks that may be used again stand in blobs made here, under the blobs' digests. */
  CHUNKS("lamina/chunks", false),
  /** Which blobs a layer is in, under its diff ID. */
  LAYERS("lamina/layers", true),
  /** The manifests' descriptors of images, under the images' IDs. */
  IMAGES("lamina/images", true),
  /** What is noted of containers that are kept, under their IDs. */
  CONTAINERS("lamina/containers", true);

  /** Where blobs are, an area for each algorithm of digests. */
  static final List<Area> BLOBS = List.of(SHA256, SHA384, SHA512);

  private final String folder;
  private final boolean durable;

  Area(String folder, boolean durable) {
    this.folder = folder;
    this.durable = durable;
  }

  /** Returns the area for blobs of a digest's algorithm. */
  static Area of(Digest digest) {
    return switch (digest.algorithm()) {
      case "sha384" -> SHA384;
      case "sha512" -> SHA512;
      default -> SHA256;
    };
  }

  /** Returns the algorithm of the digests of blobs that are here, if any are. */
  String algorithm() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the folder, relative to the store's. */
  String folder() {
    return folder;
  }

  /** Returns whether what is put here must outlast a power cut. */
  boolean isDurable() {
    return durable;
  }
}
