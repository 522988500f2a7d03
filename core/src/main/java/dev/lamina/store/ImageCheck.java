// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.error.LaminaException;
import dev.lamina.fs.Content;
import dev.lamina.layer.LayerIndex;
import dev.lamina.layer.LayerReader;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Says whether images are whole: all parts there, and each layer the one its image means. */
final class ImageCheck {
  private final Blobs blobs;
  private final LayerRecords records;

  ImageCheck(Blobs blobs, LayerRecords records) {
    this.blobs = blobs;
    this.records = records;
  }

  /** Returns what is wrong with a manifest or an index, or below it, if anything is. */
  Optional<String> problem(Descriptor root) throws IOException {
    try {
      ImageGraph graph = new ImageGraph(blobs, true);
      graph.add(root);
      for (Descriptor manifest : graph.manifests()) {
        checkLayers(Manifest.parse(blobs.read(manifest), manifest.mediaType()), manifest);
      }
      return Optional.empty();
    } catch (LaminaException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void checkLayers(Manifest manifest, Descriptor descriptor) throws IOException {
    List<Descriptor> layers = manifest.layers();
    if (!manifest.isImage()) {
      return;
    }
    List<Digest> diffIds = ImageConfig.parse(blobs.read(manifest.config())).diffIds();
    if (diffIds.size() != layers.size()) {
      throw new LaminaException(
          "manifest "
              + descriptor.digest()
              + ": expected "
              + diffIds.size()
              + " layers, found "
              + layers.size());
    }
    for (int i = 0; i < layers.size(); i++) {
      Optional<Content> blob = blobs.find(layers.get(i).digest());
      if (blob.isPresent() && !isNoted(layers.get(i), diffIds.get(i))) {
        Optional<String> problem = problem(blob, layers.get(i), diffIds.get(i));
        if (problem.isPresent()) {
          throw new LaminaException(problem.get());
        }
      }
    }
  }

  /** Notes have been checked before images are. */
  private boolean isNoted(Descriptor layer, Digest diffId) throws IOException {
    return records.find(diffId).stream()
        .map(LayerRecords.Form::blob)
        .anyMatch(blob -> blob.digest().equals(layer.digest()) && blob.size() == layer.size());
  }

  /** Returns why a blob isn't the layer it should be, if it is there and isn't. */
  static Optional<String> problem(Optional<Content> content, Descriptor blob, Digest diffId)
      throws IOException {
    if (content.isEmpty()) {
      return Optional.empty();
    }
    if (content.get().size() != blob.size()) {
      return Optional.of(
          "blob "
              + blob.digest()
              + ": expected "
              + blob.size()
              + " bytes, found "
              + content.get().size());
    }
    String expected = "blob " + blob.digest() + ": expected layer " + diffId + ", found ";
    try (InputStream in = content.get().newInputStream()) {
      if (blob.digest().equals(diffId)) {
        LayerIndex unused = LayerReader.scan(diffId.toString(), content.get(), LayerFiles.VERIFIED);
        return Optional.empty();
      }
      SummedInputStream summed =
          new SummedInputStream(in, "sha256", Optional.empty(), Long.MAX_VALUE);
      Digest found = LayerIngest.of(diffId).read(summed, OutputStream::nullOutputStream).diffId();
      return found.equals(diffId) ? Optional.empty() : Optional.of(expected + found);
    } catch (LaminaException e) {
      return Optional.of(expected + e.getMessage());
    }
  }
}
