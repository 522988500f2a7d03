// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.InvalidImageException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a store notes of a container that is kept.
 *
 * @param id twelve hexadecimal digits
 * @param name by which it is found, no other container's
 * @param created when it was made
 * @param image the manifest of the image it was made of
 * @param layers the diff IDs of what is above the image's layers, the lowest first
 */
public record StoredContainer(
    String id, String name, Instant created, Descriptor image, List<Digest> layers) {
  private static final String NAME = "dev.lamina.container.name";
  private static final String CREATED = "dev.lamina.container.created";
  private static final String LAYERS = "dev.lamina.container.layers";

  /** Checks and copies. */
  public StoredContainer {
    layers = List.copyOf(layers);
    if (!id.matches("[0-9a-f]{12}")) {
      throw new IllegalArgumentException("container: expected an ID of 12 digits, found " + id);
    }
    if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
      throw new IllegalArgumentException(
          "container name: expected [a-zA-Z0-9][a-zA-Z0-9_.-]*, found " + name);
    }
  }

  /** Returns this container with other layers. */
  public StoredContainer withLayers(List<Digest> newLayers) {
    return new StoredContainer(id, name, created, image, newLayers);
  }

  byte[] bytes() {
    String digests = String.join(" ", layers.stream().map(Digest::toString).toList());
    return ImageIndex.of(
            List.of(image), Map.of(NAME, name, CREATED, created.toString(), LAYERS, digests))
        .raw();
  }

  /** Reads what {@link #bytes} wrote. */
  static StoredContainer parse(String id, byte[] bytes) throws InvalidImageException {
    ImageIndex index = ImageIndex.parse(bytes);
    Map<String, String> fields = index.annotations();
    try {
      List<Digest> layers = new ArrayList<>();
      for (String digest : fields.getOrDefault(LAYERS, "").split(" ", -1)) {
        if (!digest.isEmpty()) {
          layers.add(Digest.parse(digest));
        }
      }
      return new StoredContainer(
          id,
          fields.getOrDefault(NAME, ""),
          Instant.parse(fields.getOrDefault(CREATED, "")),
          index.manifests().get(0),
          layers);
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw new InvalidImageException("container " + id + ": " + e.getMessage(), e);
    }
  }
}
