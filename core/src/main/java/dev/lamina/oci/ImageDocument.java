// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import java.util.Map;
import java.util.Optional;

/**
 * A document that names an image in a registry or a layout: a {@link Manifest}, or an {@link
 * ImageIndex} of several. Its digest is over exactly the bytes it came as.
 */
public sealed interface ImageDocument permits Manifest, ImageIndex {
  /**
   * Parses a manifest or an index.
   *
   * @param raw the document
   * @param mediaType what the descriptor or the server says it is; empty if nothing is said, and
   *     then the document's own fields decide
   * @throws InvalidImageException if it is neither, or not what {@code mediaType} or its own
   *     mediaType says (CVE-2021-41190)
   */
  static ImageDocument parse(byte[] raw, String mediaType) throws InvalidImageException {
    boolean index =
        mediaType.isEmpty() ? Manifest.looksLikeIndex(raw) : MediaTypes.isIndex(mediaType);
    return index ? ImageIndex.parse(raw, mediaType) : Manifest.parse(raw, mediaType);
  }

  /** Returns a copy of the bytes. */
  byte[] raw();

  /** Returns the SHA-256 of the bytes. */
  Digest digest();

  /** Returns the media type. */
  String mediaType();

  /** Returns the annotations, in the document's order. */
  Map<String, String> annotations();

  /** Returns what another document this one refers to, as a signature refers to an image. */
  Optional<Descriptor> subject();

  /** Returns a descriptor of this document. */
  default Descriptor descriptor() {
    return Descriptor.of(mediaType(), raw());
  }
}
