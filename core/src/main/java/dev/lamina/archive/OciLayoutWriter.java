// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.MediaTypes;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes images of a store as a layout. */
final class OciLayoutWriter {
  private final LocalStore store;
  private final OutgoingImages outgoing;
  private final LayoutTarget target;

  OciLayoutWriter(LocalStore store, CompressionOptions compression, LayoutTarget target) {
    this.store = store;
    this.outgoing = OutgoingImages.of(store, compression);
    this.target = target;
  }

  static byte[] layoutFile() {
    return "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
  }

  void write(List<NamedImage> images) throws IOException {
    List<Descriptor> index = new ArrayList<>();
    for (NamedImage image : images) {
      OutgoingImages.Outgoing leaving = outgoing.resolve(image.image());
      writeImage(leaving);
      Descriptor written = leaving.descriptor();
      if (image.names().isEmpty()) {
        index.add(written);
      }
      for (ImageReference name : image.names()) {
        index.add(annotated(written, name));
      }
    }
    target.putIndex(index);
  }

  static Descriptor annotated(Descriptor image, ImageReference name) {
    return image
        .withAnnotation(OciLayoutReader.FULL_NAME, name.canonical())
        .withAnnotation(OciLayoutReader.REF_NAME, name.tag().orElse("latest"));
  }

  private void writeImage(OutgoingImages.Outgoing image) throws IOException {
    for (OutgoingImages.Outgoing child : image.manifests()) {
      writeImage(child);
    }
    for (Descriptor blob : image.blobs()) {
      Optional<Content> content = store.blobs().find(blob.digest());
      if (content.isPresent() || !MediaTypes.isForeignLayer(blob.mediaType())) {
        target.putBlob(blob.digest(), store.blobs().require(blob.digest()));
      }
    }
    target.putBlob(image.descriptor().digest(), Content.of(image.document().raw()));
  }
}
