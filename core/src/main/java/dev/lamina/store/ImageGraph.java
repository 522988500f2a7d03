// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageDocument;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a manifest or an index refers to, and all that refers to in turn, as far as a store has it.
 */
final class ImageGraph {
  private static final int MAX_DOCUMENT = 8 << 20;

  private final Blobs blobs;
  private final boolean complete;
  private final Set<Digest> reached = new HashSet<>();
  private final Set<Digest> diffIds = new HashSet<>();
  private final List<Descriptor> manifests = new ArrayList<>();

  /**
   * Makes a graph without anything in it.
   *
   * @param complete whether what is missing is an error: a manifest's blobs, foreign layers left
   *     out
   */
  ImageGraph(Blobs blobs, boolean complete) {
    this.blobs = blobs;
    this.complete = complete;
  }

  /** Adds a manifest, an index, or another blob, with all it refers to. */
  void add(Descriptor descriptor) throws IOException {
    boolean document =
        MediaTypes.isIndex(descriptor.mediaType()) || MediaTypes.isManifest(descriptor.mediaType());
    if (!reached.add(descriptor.digest())) {
      return;
    }
    if (!blobs.contains(descriptor.digest())) {
      if (complete) {
        throw new BlobNotFoundException("blob", descriptor.digest());
      }
    } else if (document) {
      addDocument(descriptor);
    }
  }

  private void addDocument(Descriptor descriptor) throws IOException {
    ImageDocument document = ImageDocument.parse(read(descriptor), descriptor.mediaType());
    if (document instanceof ImageIndex index) {
      for (Descriptor child : index.manifests()) {
        if (blobs.contains(child.digest())) { // an index may be of more platforms than are wanted
          add(child);
        }
      }
    } else if (document instanceof Manifest manifest) {
      manifests.add(descriptor);
      addManifest(manifest);
    }
  }

  private void addManifest(Manifest manifest) throws IOException {
    add(manifest.config());
    for (Descriptor layer : manifest.layers()) {
      boolean foreign = MediaTypes.isForeignLayer(layer.mediaType());
      if (!foreign || blobs.contains(layer.digest())) {
        add(layer);
      }
    }
    if (manifest.isImage() && blobs.contains(manifest.config().digest())) {
      diffIds.addAll(ImageConfig.parse(read(manifest.config())).diffIds());
    }
  }

  private byte[] read(Descriptor descriptor) throws IOException {
    return read(blobs, descriptor);
  }

  /** Reads a document, of a size that a document may have. */
  static byte[] read(Blobs blobs, Descriptor descriptor) throws IOException {
    if (descriptor.size() > MAX_DOCUMENT) {
      throw new InvalidImageException(
          "document "
              + descriptor.digest()
              + ": expected at most "
              + MAX_DOCUMENT
              + " bytes, found "
              + descriptor.size());
    }
    return blobs.read(descriptor);
  }

  /** Returns the digests of all that was reached, there or not. */
  Set<Digest> reached() {
    return reached;
  }

  /** Returns the diff IDs of all images that were reached. */
  Set<Digest> diffIds() {
    return diffIds;
  }

  /** Returns the descriptors of the manifests that were reached. */
  List<Descriptor> manifests() {
    return manifests;
  }
}
