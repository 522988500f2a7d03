// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.compress.CompressionOptions;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageDocument;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how images leave a store: those that came from outside as they came, those made here with
 * their layers compressed, each once. Thread-safe.
 */
public final class OutgoingImages {
  private final LocalStore store;
  private final CompressionOptions compression;
  private final Origins origins;

  /**
   * A manifest or an index as it leaves, and what it names of what is in the store.
   *
   * @param descriptor its media type, digest and size
   * @param document the manifest or index
   * @param manifests those that an index names, in its order
   * @param blobs all else it names
   */
  public record Outgoing(
      Descriptor descriptor,
      ImageDocument document,
      List<Outgoing> manifests,
      List<Descriptor> blobs) {
    /** Copies the lists. */
    public Outgoing {
      manifests = List.copyOf(manifests);
      blobs = List.copyOf(blobs);
    }
  }

  private OutgoingImages(LocalStore store, CompressionOptions compression) {
    this.store = store;
    this.compression = compression;
    this.origins = Origins.of(store);
  }

  /** Returns the images of a store, with layers made here compressed in this way. */
  public static OutgoingImages of(LocalStore store, CompressionOptions compression) {
    return new OutgoingImages(store, compression);
  }

  /** Returns an image, or an index with all that is below it, as it leaves. */
  public Outgoing resolve(Descriptor image) throws IOException {
    return resolve(image, false);
  }

  private Outgoing resolve(Descriptor image, boolean asItIs) throws IOException {
    ImageDocument document = ImageDocument.parse(store.blobs().read(image), image.mediaType());
    boolean unchanged = asItIs || origins.isKnown(image.digest());
    return document instanceof ImageIndex index
        ? resolveIndex(image, index, unchanged)
        : resolveManifest(image, (Manifest) document, unchanged);
  }

  /** An index may name manifests that aren't here, and things that are no manifests. */
  private Outgoing resolveIndex(Descriptor image, ImageIndex index, boolean unchanged)
      throws IOException {
    List<Outgoing> manifests = new ArrayList<>();
    List<Descriptor> blobs = new ArrayList<>();
    List<Descriptor> named = new ArrayList<>();
    for (Descriptor child : index.manifests()) {
      Descriptor leaves = child;
      if (store.blobs().contains(child.digest())) {
        if (MediaTypes.isIndex(child.mediaType()) || MediaTypes.isManifest(child.mediaType())) {
          Outgoing outgoing = resolve(child, unchanged);
          manifests.add(outgoing);
          boolean same = outgoing.descriptor().digest().equals(child.digest());
          leaves = same ? child : child.withContent(outgoing.document().raw());
        } else {
          blobs.add(child);
        }
      }
      named.add(leaves);
    }
    if (named.equals(index.manifests())) {
      return new Outgoing(plain(image), index, manifests, blobs);
    }
    ImageIndex leaves = index.withManifests(named);
    return new Outgoing(leaves.descriptor(), leaves, manifests, blobs);
  }

  private Outgoing resolveManifest(Descriptor image, Manifest manifest, boolean unchanged)
      throws IOException {
    Manifest leaves = unchanged ? manifest : withCompressedLayers(image, manifest);
    List<Descriptor> blobs = new ArrayList<>();
    blobs.add(leaves.config());
    blobs.addAll(leaves.layers());
    Descriptor descriptor = leaves.equals(manifest) ? plain(image) : leaves.descriptor();
    return new Outgoing(descriptor, leaves, List.of(), blobs);
  }

  private static Descriptor plain(Descriptor image) {
    return Descriptor.of(image.mediaType(), image.digest(), image.size());
  }

  private Manifest withCompressedLayers(Descriptor image, Manifest manifest) throws IOException {
    if (manifest.layers().stream().noneMatch(OutgoingImages::isUncompressed)) {
      return manifest;
    }
    StoredImage stored = store.image(image);
    List<Descriptor> layers = new ArrayList<>();
    for (int i = 0; i < manifest.layers().size(); i++) {
      Descriptor layer = manifest.layers().get(i);
      layers.add(isUncompressed(layer) ? compressed(stored.layers().get(i), layer) : layer);
    }
    return manifest.withContents(manifest.config(), layers);
  }

  private Descriptor compressed(Layer layer, Descriptor uncompressed) throws IOException {
    return store.layers().blob(layer, compression).withAnnotations(uncompressed.annotations());
  }

  private static boolean isUncompressed(Descriptor layer) {
    return layer.mediaType().equals(MediaTypes.OCI_LAYER);
  }
}
