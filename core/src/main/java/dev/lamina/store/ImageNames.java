// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the images of a store are called. Each change is atomic and durable, whoever else changes
 * names at the same time.
 *
 * <p>On disk this is {@code index.json}. A name stands there as Docker shows it in {@code
 * org.opencontainers.image.ref.name}, so that {@code skopeo inspect oci:FOLDER:debian:bookworm}
 * finds it, and in full in {@code io.containerd.image.name}.
 *
 * <p>Thread-safe.
 */
public final class ImageNames {
  private static final String INDEX = "index.json";
  private static final String LAYOUT = "oci-layout";
  private static final String FULL_NAME = "io.containerd.image.name";
  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  private static final byte[] VERSION =
      "{\"imageLayoutVersion\": \"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

  private final Storage storage;
  private final Blobs blobs;

  ImageNames(Storage storage, Blobs blobs) {
    this.storage = storage;
    this.blobs = blobs;
  }

  /**
   * Gives an image a name, and takes it from the image that had it.
   *
   * @param reference a name with a tag
   * @param image a manifest's or an index's descriptor
   * @throws BlobNotFoundException if the manifest or index isn't in the store, or something it
   *     refers to; an index may name manifests that aren't there, and a manifest foreign layers
   */
  public void tag(ImageReference reference, Descriptor image) throws IOException {
    if (reference.tag().isEmpty() || reference.digest().isPresent()) {
      throw new IllegalArgumentException(
          "name: expected one with a tag and no digest, found " + reference.familiar());
    }
    Descriptor named = named(reference, image);
    storage.exclusively(
        () -> {
          new ImageGraph(blobs, true).add(image);
          ImageIndex index = read();
          List<Descriptor> all = without(index, reference);
          boolean known = index.manifests().contains(named);
          if (known && all.size() == index.manifests().size() - 1) {
            return named; // a build that changed nothing writes nothing
          }
          all.add(named);
          write(index.withManifests(all));
          return named;
        });
  }

  private static Descriptor named(ImageReference reference, Descriptor image) {
    return Descriptor.of(image.mediaType(), image.digest(), image.size())
        .withAnnotation(FULL_NAME, reference.canonical())
        .withAnnotation(REF_NAME, reference.familiar());
  }

  /** Returns whether all these names stand for one image, as {@link #tag} would write it. */
  boolean areAll(List<ImageReference> references, Descriptor image) throws IOException {
    ImageIndex index = read();
    for (ImageReference reference : references) {
      if (!index.manifests().contains(named(reference, image))
          || without(index, reference).size() != index.manifests().size() - 1) {
        return false;
      }
    }
    return true;
  }

  /** Takes a name away; false if there was none. The image stays until it is pruned. */
  public boolean untag(ImageReference reference) throws IOException {
    return storage.exclusively(
        () -> {
          ImageIndex index = read();
          List<Descriptor> rest = without(index, reference);
          boolean found = rest.size() < index.manifests().size();
          if (found) {
            write(index.withManifests(rest));
          }
          return found;
        });
  }

  /** Returns all that the index refers to, whatever it is called. */
  List<Descriptor> entries() throws IOException {
    return read().manifests();
  }

  /** Returns what a name stands for. */
  public Optional<Descriptor> find(ImageReference reference) throws IOException {
    return Optional.ofNullable(list().get(reference));
  }

  /** Returns all names, in their order, with what they stand for. */
  public Map<ImageReference, Descriptor> list() throws IOException {
    Map<ImageReference, Descriptor> names = new TreeMap<>();
    for (Descriptor each : read().manifests()) {
      Optional<ImageReference> name = name(each);
      if (name.isPresent()) {
        names.put(name.get(), Descriptor.of(each.mediaType(), each.digest(), each.size()));
      }
    }
    return Collections.unmodifiableMap(names);
  }

  private static List<Descriptor> without(ImageIndex index, ImageReference reference) {
    List<Descriptor> rest = new ArrayList<>();
    for (Descriptor each : index.manifests()) {
      if (!name(each).equals(Optional.of(reference))) {
        rest.add(each);
      }
    }
    return rest;
  }

  private static Optional<ImageReference> name(Descriptor image) {
    String full = image.annotations().getOrDefault(FULL_NAME, "");
    String text = full.isEmpty() ? image.annotations().getOrDefault(REF_NAME, "") : full;
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(ImageReference.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // another tool's, which is no name here
    }
  }

  private ImageIndex read() throws IOException {
    Optional<Content> index = storage.find(Area.ROOT, INDEX);
    return index.isEmpty()
        ? ImageIndex.of(List.of(), Map.of())
        : ImageIndex.parse(index.get().toByteArray());
  }

  /**
   * Makes the store an OCI layout, if it isn't one: from its first moment on others can read it.
   */
  void createLayout() throws IOException {
    if (storage.find(Area.ROOT, LAYOUT).isEmpty() || storage.find(Area.ROOT, INDEX).isEmpty()) {
      storage.exclusivelyDo(() -> write(read()));
    }
  }

  /** What is wrong with the two files of the layout, if anything is. */
  Optional<String> layoutProblem() throws IOException {
    Optional<Content> layout = storage.find(Area.ROOT, LAYOUT);
    if (layout.isEmpty() || !Arrays.equals(layout.get().toByteArray(), VERSION)) {
      return Optional.of(LAYOUT + ": expected that of version 1.0.0, found none");
    }
    try {
      ImageIndex unused = read();
      return Optional.empty();
    } catch (InvalidImageException e) {
      return Optional.of(INDEX + ": " + e.getMessage());
    }
  }

  /** Writes the layout's files anew; if the index can't be read, with these images and no names. */
  void repairLayout(List<Descriptor> known) throws IOException {
    ImageIndex index;
    try {
      index = read();
    } catch (InvalidImageException e) {
      index = ImageIndex.of(known, Map.of());
    }
    put(LAYOUT, VERSION);
    put(INDEX, index.raw());
  }

  private void write(ImageIndex index) throws IOException {
    if (storage.find(Area.ROOT, LAYOUT).isEmpty()) {
      put(LAYOUT, VERSION);
    }
    put(INDEX, index.raw());
  }

  private void put(String name, byte[] bytes) throws IOException {
    try (Staged staged = storage.stage()) {
      staged.write(bytes);
      staged.publish(Area.ROOT, name);
    }
  }
}
