// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.Platform;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Images, their layers and blobs, in a folder or in memory.
 *
 * <pre>{@code
 * try (LocalStore store = LocalStore.open(folder); Lease lease = store.lease()) {
 *   Layer layer = store.layers().commit(changes);
 *   StoredImage image = store.put(config, List.of(layer));
 *   store.names().tag(ImageReference.parse("shop/app:1.4"), image.manifestDescriptor());
 * }
 * }</pre>
 *
 * <p>The folder is an OCI image layout ({@code oci-layout}, {@code index.json}, {@code blobs}) that
 * other tools read. What is Lamina's own is in {@code lamina} beside it: indexes, uncompressed
 * copies, containers, temporary files. Deleting that loses time, containers and images without a
 * name, never a named image.
 *
 * <p>Any number of threads, stores and processes may use one folder at a time. A process that is
 * killed leaves temporary files, which the next removes, and nothing else; what was acknowledged
 * outlasts a power cut.
 */
public final class LocalStore implements Closeable {
  private final Storage storage;
  private final Blobs blobs;
  private final LayerStore layers;
  private final ImageNames names;
  private final StoredImages images;
  private final StoredContainers containers;

  private LocalStore(Storage storage) {
    this.storage = storage;
    this.blobs = new Blobs(storage);
    this.layers = new LayerStore(storage, blobs);
    this.names = new ImageNames(storage, blobs);
    this.images = new StoredImages(storage, blobs, layers);
    this.containers = new StoredContainers(storage);
  }

  /** Opens the store in a folder, which becomes one if it isn't there or empty. */
  public static LocalStore open(Path folder) throws IOException {
    LocalStore store = new LocalStore(DiskStorage.open(folder));
    store.names.createLayout();
    return store;
  }

  /** Returns a new store in memory, gone when it is closed. */
  public static LocalStore inMemory() {
    LocalStore store = new LocalStore(new MemoryStorage());
    try {
      store.names.createLayout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return store;
  }

  /** Returns the blobs. */
  public Blobs blobs() {
    return blobs;
  }

  /** Returns the layers. */
  public LayerStore layers() {
    return layers;
  }

  /** Returns the names of images. */
  public ImageNames names() {
    return names;
  }

  /** Returns the containers that are kept. */
  public StoredContainers containers() {
    return containers;
  }

  /** Returns a lease, which protects what comes in from being pruned. */
  public Lease lease() throws IOException {
    return storage.lease();
  }

  /**
   * Writes an image: its configuration, and an OCI manifest over it and the layers as they came. It
   * has no name yet.
   *
   * @param config whose diff IDs are those of the layers
   * @param imageLayers the lowest first, all of this store
   * @throws IllegalArgumentException if configuration and layers don't agree
   * @throws BlobNotFoundException if a layer isn't in this store
   */
  public StoredImage put(ImageConfig config, List<Layer> imageLayers) throws IOException {
    return put(config, imageLayers, Map.of());
  }

  /** Writes an image as {@link #put(ImageConfig, List)} does, with annotations on its manifest. */
  public StoredImage put(
      ImageConfig config, List<Layer> imageLayers, Map<String, String> annotations)
      throws IOException {
    return images.put(images.manifest(config, imageLayers, annotations), config, imageLayers);
  }

  /**
   * Writes an image as {@link #put(ImageConfig, List)} does, and gives it names, as {@link
   * ImageNames#tag} does each. If it is there and has them already, nothing is written.
   */
  public StoredImage put(
      ImageConfig config, List<Layer> imageLayers, List<ImageReference> imageNames)
      throws IOException {
    Manifest manifest = images.manifest(config, imageLayers, Map.of());
    return storage.exclusively(
        () -> {
          Optional<StoredImage> known =
              images.find(manifest, config, imageLayers, imageNames, names);
          if (known.isPresent()) {
            return known.get();
          }
          StoredImage image = images.put(manifest, config, imageLayers);
          for (ImageReference name : imageNames) {
            names.tag(name, image.manifestDescriptor());
          }
          return image;
        });
  }

  /**
   * Returns the image of a manifest in this store, or of this host's platform in an index; if it
   * has none for that, the first it has.
   *
   * @throws BlobNotFoundException if a part of it isn't in this store
   * @throws dev.lamina.oci.InvalidImageException if it isn't an image
   */
  public StoredImage image(Descriptor manifestOrIndex) throws IOException {
    return images.get(manifestOrIndex);
  }

  /**
   * Returns the image of a manifest in this store, or of a platform in an index.
   *
   * @throws BlobNotFoundException if a part of it isn't in this store
   * @throws dev.lamina.oci.InvalidImageException if it isn't an image
   */
  public StoredImage image(Descriptor manifestOrIndex, Platform platform) throws IOException {
    return images.get(manifestOrIndex, platform);
  }

  /** Returns the image of a name, as {@link #image(Descriptor)} finds it. */
  public Optional<StoredImage> find(ImageReference reference) throws IOException {
    Optional<Descriptor> named =
        reference.digest().isPresent()
            ? images.descriptor(reference.digest().get())
            : names.find(reference);
    return named.isEmpty() ? Optional.empty() : Optional.of(image(named.get()));
  }

  /**
   * Returns the image whose ID begins with some hexadecimal digits.
   *
   * @param prefix at least one digit, with or without {@code sha256:}
   * @throws AmbiguousImageException if there are several
   */
  public Optional<StoredImage> byId(String prefix) throws IOException {
    return images.byId(prefix);
  }

  /** Returns the manifests' descriptors of all images, named or not, in the order of their IDs. */
  public List<Descriptor> images() throws IOException {
    return images.list();
  }

  /**
   * Takes a name away, and forgets the images that no name stands for any more. What only they
   * refer to stays until it is pruned.
   *
   * @throws ImageNotFoundException if there is no such name
   */
  public RemovedImages remove(ImageReference name) throws IOException {
    return storage.exclusively(() -> new Removing(names, images, blobs).name(name));
  }

  /**
   * Forgets an image and takes away its names, those of indexes it is in among them. What only it
   * refers to stays until it is pruned.
   */
  public RemovedImages remove(StoredImage image) throws IOException {
    return storage.exclusively(() -> new Removing(names, images, blobs).image(image));
  }

  /** Reads everything in the store and says what isn't as it must be. Changes nothing. */
  public CheckReport check() throws IOException {
    return new StoreCheck(storage, blobs, names, images, containers, false).run();
  }

  /**
   * Checks, and mends what can be mended from what is there. Others wait meanwhile, and nothing may
   * be coming in.
   */
  public CheckReport repair() throws IOException {
    return storage.exclusively(
        () -> new StoreCheck(storage, blobs, names, images, containers, true).run());
  }

  /**
   * Deletes images without a name, and all blobs, layers and copies that no image refers to. What
   * came in during a lease that is still open, here or in another process, is left alone.
   */
  public PruneReport prune() throws IOException {
    return prune(false, Duration.ZERO);
  }

  /**
   * Deletes what nothing refers to, as {@link #prune()} does.
   *
   * @param keepUnnamed whether images without a name stay, such as those of the steps of a build
   * @param grace how long ago something must have come in at least: for programs that put blobs
   *     into the folder and know no leases
   */
  public PruneReport prune(boolean keepUnnamed, Duration grace) throws IOException {
    return prune(keepUnnamed, grace, Set.of());
  }

  /**
   * Deletes what nothing refers to, as {@link #prune(boolean, Duration)} does, but for some layers.
   *
   * @param keptLayers the diff IDs of layers that stay although no image refers to them
   */
  public PruneReport prune(boolean keepUnnamed, Duration grace, Set<Digest> keptLayers)
      throws IOException {
    return storage.exclusively(
        () ->
            new Pruning(storage, names, images, containers, blobs, grace, keptLayers)
                .prune(keepUnnamed));
  }

  /**
   * Returns a folder for another part of Lamina, made if it isn't there: below the store's, or a
   * temporary one if the store is in memory.
   *
   * @param name lower-case letters, digits and dashes
   */
  public Path folder(String name) throws IOException {
    return storage.folder(name);
  }

  /**
   * Returns a folder for what another part of Lamina notes in small files, made if it isn't there:
   * below the store's, or in memory if the store is.
   *
   * @param name as for {@link #folder}; folders of one name are the same on disk
   */
  public Path notes(String name) throws IOException {
    return storage.notes(name);
  }

  /** Closes the store. What is open of it can't be read any more if it was in memory. */
  @Override
  public void close() throws IOException {
    storage.close();
  }
}
