// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageDocument;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The images of a store, by manifest and by ID. Thread-safe. */
final class StoredImages {
  private static final int MAX_DEPTH = 8;

  private final Storage storage;
  private final Blobs blobs;
  private final LayerStore layers;
  private final TreeCache trees = new TreeCache();

  StoredImages(Storage storage, Blobs blobs, LayerStore layers) {
    this.storage = storage;
    this.blobs = blobs;
    this.layers = layers;
  }

  /**
   * Returns the image that {@link #put} would make, if all of it is there and the names stand for
   * it, one at least: then it needs no protection from being pruned. By the store's lock.
   */
  Optional<StoredImage> find(
      Manifest manifest,
      ImageConfig config,
      List<Layer> imageLayers,
      List<ImageReference> as,
      ImageNames names)
      throws IOException {
    Descriptor descriptor = manifest.descriptor();
    if (as.isEmpty()
        || !names.areAll(as, descriptor)
        || !blobs.contains(descriptor.digest())
        || !blobs.contains(config.digest())
        || !isNoted(config.digest(), descriptor)) {
      return Optional.empty();
    }
    new ImageGraph(blobs, true).add(descriptor);
    return Optional.of(new StoredImage(descriptor, manifest, config, imageLayers, trees));
  }

  /** Writes an image with the manifest that {@link #manifest} makes for it. */
  StoredImage put(Manifest manifest, ImageConfig config, List<Layer> imageLayers)
      throws IOException {
    storage.exclusivelyDo(
        () -> {
          blobs.put(config.raw());
          blobs.put(manifest.raw());
          new ImageGraph(blobs, true).add(manifest.descriptor());
          note(config.digest(), manifest.descriptor());
        });
    return new StoredImage(manifest.descriptor(), manifest, config, imageLayers, trees);
  }

  /**
   * Makes the manifest of an image.
   *
   * @throws IllegalArgumentException if configuration and layers don't agree
   */
  Manifest manifest(ImageConfig config, List<Layer> imageLayers, Map<String, String> annotations)
      throws IOException {
    List<Digest> diffIds = imageLayers.stream().map(Layer::diffId).toList();
    if (!diffIds.equals(config.diffIds())) {
      throw new IllegalArgumentException(
          "image: expected the layers of its configuration "
              + config.diffIds()
              + ", found "
              + diffIds);
    }
    List<Descriptor> descriptors = new ArrayList<>();
    for (Layer layer : imageLayers) {
      descriptors.add(offered(layer));
    }
    return Manifest.of(
        Descriptor.of(MediaTypes.OCI_CONFIG, config.raw()), descriptors, annotations);
  }

  /** The blob a layer is offered under, in the words of an OCI manifest. */
  private Descriptor offered(Layer layer) throws IOException {
    List<Descriptor> forms = layers.blobs(layer);
    if (forms.isEmpty()) {
      throw new BlobNotFoundException("layer", layer.diffId());
    }
    Descriptor blob = forms.get(0);
    return blob.withMediaType(
        switch (blob.mediaType()) {
          case MediaTypes.DOCKER_LAYER -> MediaTypes.OCI_LAYER;
          case MediaTypes.DOCKER_LAYER_GZIP -> MediaTypes.OCI_LAYER_GZIP;
          case MediaTypes.DOCKER_LAYER + ".zstd" -> MediaTypes.OCI_LAYER_ZSTD;
          default -> blob.mediaType();
        });
  }

  /** The image for this host; of an index that has none for it, the first. */
  StoredImage get(Descriptor manifestOrIndex) throws IOException {
    return get(manifestOrIndex, Platform.host(), true, 0);
  }

  StoredImage get(Descriptor manifestOrIndex, Platform platform) throws IOException {
    return get(manifestOrIndex, platform, false, 0);
  }

  private StoredImage get(Descriptor descriptor, Platform platform, boolean orFirst, int depth)
      throws IOException {
    ImageDocument document = ImageDocument.parse(blobs.read(descriptor), descriptor.mediaType());
    if (document instanceof Manifest manifest) {
      return read(
          Descriptor.of(manifest.mediaType(), descriptor.digest(), descriptor.size()), manifest);
    }
    List<Descriptor> there = new ArrayList<>();
    for (Descriptor child : ((ImageIndex) document).manifests()) {
      if (blobs.contains(child.digest())) {
        there.add(child);
      }
    }
    Optional<Descriptor> selected = ImageIndex.of(there, Map.of()).select(platform);
    if (selected.isEmpty() && orFirst) {
      selected = there.stream().filter(StoredImages::isForAPlatform).findFirst();
    }
    if (selected.isEmpty() || depth == MAX_DEPTH) {
      throw new InvalidImageException(
          "index " + descriptor.digest() + ": expected an image for " + platform + ", found none");
    }
    return get(selected.get(), platform, orFirst, depth + 1);
  }

  /** What is for no platform is said to be for an unknown one: attestations are. */
  private static boolean isForAPlatform(Descriptor child) {
    return child.platform().filter(platform -> !platform.os().equals("unknown")).isPresent();
  }

  private StoredImage read(Descriptor descriptor, Manifest manifest) throws IOException {
    if (!manifest.isImage()) {
      throw new InvalidImageException(
          "manifest " + descriptor.digest() + ": expected an image, found " + types(manifest));
    }
    ImageConfig config = ImageConfig.parse(blobs.read(manifest.config()));
    if (config.diffIds().size() != manifest.layers().size()) {
      throw new InvalidImageException(
          "manifest "
              + descriptor.digest()
              + ": expected "
              + config.diffIds().size()
              + " layers, found "
              + manifest.layers().size());
    }
    List<Layer> named = new ArrayList<>();
    for (int i = 0; i < manifest.layers().size(); i++) {
      requireThere(manifest.layers().get(i));
      named.add(layers.named(manifest.layers().get(i), config.diffIds().get(i)));
    }
    note(config.digest(), descriptor);
    return new StoredImage(descriptor, manifest, config, named, trees);
  }

  private void requireThere(Descriptor layer) throws IOException {
    if (MediaTypes.isForeignLayer(layer.mediaType()) && !blobs.contains(layer.digest())) {
      throw new BlobNotFoundException(
          "layer",
          layer.digest(),
          ": it must not be distributed, and is at "
              + (layer.urls().isEmpty() ? "no place that is named" : layer.urls().get(0))
              + "; the image can be pushed, but not opened");
    }
  }

  private static String types(Manifest manifest) {
    return Stream.concat(Stream.of(manifest.config()), manifest.layers().stream())
        .map(Descriptor::mediaType)
        .distinct()
        .collect(Collectors.joining(" with "));
  }

  /** Returns the descriptor of a manifest or index that the store has. */
  Optional<Descriptor> descriptor(Digest digest) throws IOException {
    Optional<Content> content = blobs.find(digest);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    ImageDocument document =
        ImageDocument.parse(blobs.read(Descriptor.of("", digest, content.get().size())), "");
    return Optional.of(Descriptor.of(document.mediaType(), digest, content.get().size()));
  }

  Optional<StoredImage> byId(String prefix) throws IOException {
    String digits = prefix.toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "");
    if (!digits.matches("[a-f0-9]{1,64}")) {
      throw new IllegalArgumentException(
          "image ID: expected hexadecimal digits, found \"" + prefix + '"');
    }
    List<Descriptor> found = new ArrayList<>();
    for (Storage.Item item : storage.list(Area.IMAGES)) {
      if (item.name().startsWith(digits)) {
        List<Descriptor> manifests = manifests(item.name());
        if (!manifests.isEmpty()) {
          found.add(manifests.get(0));
        }
      }
    }
    if (found.size() > 1) {
      throw new AmbiguousImageException(prefix, found.size());
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(get(found.get(0), Platform.host()));
  }

  List<Descriptor> list() throws IOException {
    List<Descriptor> all = new ArrayList<>();
    for (Storage.Item item : storage.list(Area.IMAGES)) {
      all.addAll(manifests(item.name()));
    }
    return List.copyOf(all);
  }

  /**
   * A manifest that the store knows as an image.
   *
   * @param id the image's ID
   * @param manifest its descriptor; it needn't be in the store any more
   */
  record Noted(Digest id, Descriptor manifest) {}

  /** Returns all images and their manifests, there or not, in the order of the IDs. */
  List<Noted> all() throws IOException {
    List<Noted> all = new ArrayList<>();
    for (String name : storage.names(Area.IMAGES)) {
      Optional<Digest> id = Blobs.digest(Area.SHA256, name);
      if (id.isPresent()) {
        noted(name).forEach(manifest -> all.add(new Noted(id.get(), manifest)));
      }
    }
    return all;
  }

  /** The manifests of an image that are in the store, in the order they came. */
  List<Descriptor> manifests(String id) throws IOException {
    List<Descriptor> there = new ArrayList<>();
    for (Descriptor manifest : noted(id)) {
      if (blobs.contains(manifest.digest())) {
        there.add(manifest);
      }
    }
    return there;
  }

  private List<Descriptor> noted(String id) throws IOException {
    Optional<Content> file = storage.find(Area.IMAGES, id);
    return file.isEmpty() ? List.of() : ImageIndex.parse(file.get().toByteArray()).manifests();
  }

  /** Forgets that an image has a manifest, and the image with the last. By the store's lock. */
  void forget(Digest id, Digest manifest) throws IOException {
    List<Descriptor> rest = new ArrayList<>(noted(id.hex()));
    rest.removeIf(each -> each.digest().equals(manifest));
    if (rest.isEmpty()) {
      storage.delete(Area.IMAGES, id.hex());
    } else {
      write(id, rest);
    }
  }

  private void write(Digest id, List<Descriptor> manifests) throws IOException {
    try (Staged staged = storage.stage()) {
      staged.write(ImageIndex.of(manifests, Map.of()).raw());
      staged.publish(Area.IMAGES, id.hex());
    }
  }

  private boolean isNoted(Digest id, Descriptor manifest) throws IOException {
    for (Descriptor each : noted(id.hex())) {
      if (each.digest().equals(manifest.digest())) {
        return true;
      }
    }
    return false;
  }

  private void note(Digest id, Descriptor manifest) throws IOException {
    if (isNoted(id, manifest)) {
      return;
    }
    storage.exclusively(
        () -> {
          List<Descriptor> all = new ArrayList<>(noted(id.hex()));
          all.add(manifest);
          write(id, all);
          return manifest;
        });
  }
}
