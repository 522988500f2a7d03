// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.archive.ImageArchive;
import dev.lamina.archive.ImageSink;
import dev.lamina.archive.ImageSource;
import dev.lamina.archive.NamedImage;
import dev.lamina.archive.Origins;
import dev.lamina.archive.RootfsTar;
import dev.lamina.build.DockerfileBuilder;
import dev.lamina.build.StoreImages;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.MediaTypes;
import dev.lamina.registry.ImagePull;
import dev.lamina.registry.ImagePush;
import dev.lamina.registry.RegistryClient;
import dev.lamina.store.CheckReport;
import dev.lamina.store.ImageNotFoundException;
import dev.lamina.store.Lease;
import dev.lamina.store.LocalStore;
import dev.lamina.store.PruneReport;
import dev.lamina.store.RemovedImages;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images on this machine: where pulled, loaded and built ones live.
 *
 * <pre>{@code
 * try (ImageStore store = ImageStore.open(Path.of("images"))) {
 *   store.pull("debian:bookworm");
 *   store.importRootfs(Path.of("rootfs.tar"), "mine:1");
 *   store.load(Path.of("app.tar"));
 *   store.images().forEach(System.out::println);
 *   Image app = store.image("shop/app:1.4");
 *   store.push(Push.of("shop/app:1.4").to("registry:5000/shop/app:1.4"));
 * }
 * }</pre>
 *
 * <p>A store on disk is a folder that is an OCI layout, which other tools can read; several JVMs
 * may use it at a time. Thread-safe.
 */
public final class ImageStore implements Closeable {
  private final LocalStore store;
  private final ImageLookup lookup;

  private ImageStore(LocalStore store) {
    this.store = store;
    this.lookup = new ImageLookup(store);
  }

  /** Opens the store in a folder, which becomes one if it is empty or missing. */
  public static ImageStore open(Path folder) throws IOException {
    return new ImageStore(LocalStore.open(folder));
  }

  /** Returns a new store in memory, gone when it is closed. */
  public static ImageStore inMemory() {
    return new ImageStore(LocalStore.inMemory());
  }

  /**
   * Opens the user's store: the folder that {@code $LAMINA_STORE} names, else {@code
   * $XDG_DATA_HOME/lamina}, else {@code ~/.local/share/lamina}.
   */
  public static ImageStore userDefault() throws IOException {
    return open(UserFolders.store(System.getenv(), System.getProperty("user.home", "/")));
  }

  /**
   * Loads the images in a file or folder: a Docker archive, or an OCI layout as a tar or a folder.
   *
   * @return the images, in the archive's order
   * @throws dev.lamina.oci.InvalidImageException if it is neither, or isn't sound; the images and
   *     names of the store are as they were then
   */
  @CanIgnoreReturnValue
  public List<Image> load(Path archive) throws IOException {
    return load(ImageArchive.at(archive));
  }

  /** Loads the images of a source, such as {@link dev.lamina.archive.DockerProgram}. */
  @CanIgnoreReturnValue
  public List<Image> load(ImageSource source) throws IOException {
    List<Image> images = new ArrayList<>();
    for (NamedImage each : source.readInto(store)) {
      Optional<ImageReference> name = each.names().stream().findFirst();
      images.add(new Image(store, store.image(each.image()), name));
    }
    return List.copyOf(images);
  }

  /**
   * Makes an image of one layer from a root file system, as {@code docker import} does.
   *
   * @param tarOrFolder a tar, compressed or not, or a folder
   * @param name such as {@code debian:bookworm}
   */
  @CanIgnoreReturnValue
  public Image importRootfs(Path tarOrFolder, String name) throws IOException {
    return load(RootfsTar.at(tarOrFolder).named(name)).get(0);
  }

  /**
   * Writes images to an archive or a layout; what they share is written once.
   *
   * @param images each as {@link #image} takes it; a name that stands for an index gives a layout
   *     all its platforms and what else it names, and any other form the image of this host's
   */
  public void save(ImageSink sink, String... images) throws IOException {
    List<NamedImage> named = new ArrayList<>();
    for (String each : images) {
      named.add(lookup.meant(each));
    }
    sink.write(store, named);
  }

  /** Returns all images, those with a name first, in the order of their names. */
  public List<ImageSummary> images() throws IOException {
    return ImageList.of(store);
  }

  /**
   * Returns an image.
   *
   * @param nameOrId a name, with or without a digest, or the first digits of an ID; a name that
   *     stands for an index gives the image for this host's platform, else the first
   * @throws ImageNotFoundException if there is none
   * @throws dev.lamina.store.AmbiguousImageException if the digits stand for several
   */
  public Image image(String nameOrId) throws IOException {
    return lookup.image(nameOrId);
  }

  /** Returns an image as {@link #image} does, if there is one. */
  public Optional<Image> find(String nameOrId) throws IOException {
    return lookup.find(nameOrId);
  }

  /** Returns the containers that are kept here, and outlive the JVM. */
  public Containers containers() {
    return new Containers(store, Optional.empty());
  }

  /** Gives an image another name, taking it from the image that had it. */
  @CanIgnoreReturnValue
  public Image tag(String nameOrId, String name) throws IOException {
    return image(nameOrId).tag(name);
  }

  /** Takes a name away; false if there is no such name. The image stays until the next pruning. */
  @CanIgnoreReturnValue
  public boolean untag(String name) throws IOException {
    return store.names().untag(ImageReference.parse(name));
  }

  /**
   * Gives several images, each for a platform, one name together: an index of them, which is what a
   * push of that name pushes.
   *
   * @param name with a tag, or {@code latest} is added
   * @param images at least one, in the order they get
   * @return the index's descriptor
   */
  @CanIgnoreReturnValue
  public Descriptor tagTogether(String name, List<Image> images) throws IOException {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("images: expected at least one, found none");
    }
    List<Descriptor> manifests = new ArrayList<>();
    for (Image image : images) {
      Descriptor manifest = image.stored().manifestDescriptor();
      manifests.add(manifest.withPlatform(image.config().platform()));
    }
    ImageIndex index = ImageIndex.of(manifests, Map.of());
    Lease lease = store.lease();
    try {
      store.blobs().put(index.raw());
      store.names().tag(ImageReference.parse(name), index.descriptor());
    } finally {
      lease.close();
    }
    return index.descriptor();
  }

  /**
   * Pulls an image for this host's platform, all or nothing: the name is given when everything is
   * there and checked. Layers that are there already aren't fetched.
   *
   * @param reference as Docker takes it
   * @throws dev.lamina.registry.RegistryException if the registry doesn't have it, doesn't let us
   *     in, or can't be reached
   */
  @CanIgnoreReturnValue
  public Image pull(String reference) throws IOException {
    return pull(Pull.of(reference));
  }

  /**
   * Pulls an image as {@link #pull(String)} does, from where and for which platform the pull says.
   */
  @CanIgnoreReturnValue
  public Image pull(Pull pull) throws IOException {
    ImagePull puller =
        ImagePull.into(store, RegistryClient.of(pull.options())).withListener(pull.listener());
    if (pull.isOpenedLater()) {
      puller = puller.openingLater();
    }
    NamedImage pulled =
        pull.isEverything()
            ? puller.everything(pull.reference())
            : puller.platform(pull.reference(), pull.platform());
    Optional<ImageReference> name = pulled.names().stream().findFirst();
    return new Image(store, store.image(pulled.image(), pull.platform()), name);
  }

  /**
   * Pushes an image under its name. Blobs that the registry has aren't sent; the tag moves when
   * everything is there.
   *
   * @param name which stands for an image, or an index: then all that is below it is pushed
   * @return media type, digest and size of what the tag stands for there
   * @throws dev.lamina.registry.RegistryException if the registry doesn't take it, or can't be
   *     reached
   */
  @CanIgnoreReturnValue
  public Descriptor push(String name) throws IOException {
    return push(Push.of(name));
  }

  /** Pushes an image as {@link #push(String)} does, to where the push says. */
  @CanIgnoreReturnValue
  public Descriptor push(Push push) throws IOException {
    Descriptor source = lookup.meant(push.image()).image();
    if (push.sbom() && MediaTypes.isIndex(source.mediaType())) {
      throw new IllegalArgumentException(
          push.image() + ": stands for an index, push its images one by one with an SBOM each");
    }
    RegistryClient client = RegistryClient.of(push.options());
    Descriptor pushed =
        ImagePush.from(store, client)
            .withCompression(push.compression())
            .withListener(push.listener())
            .run(source, push.target());
    if (push.sbom()) {
      SbomReferrer.push(image(push.image()), pushed, client, push.target());
    }
    return pushed;
  }

  /**
   * Removes an image. By a name, that name is taken away, and the image goes when it was the last;
   * by an ID, the image goes with all its names. What only it refers to takes space until the next
   * {@link #prune}.
   *
   * @param nameOrId as {@link #image} takes it
   * @throws ImageNotFoundException if there is none
   */
  @CanIgnoreReturnValue
  public RemovedImages remove(String nameOrId) throws IOException {
    Image image = image(nameOrId);
    return image.reference().isPresent() && image.reference().get().digest().isEmpty()
        ? store.remove(image.reference().get())
        : store.remove(image.stored());
  }

  /**
   * Deletes images without a name and all that no image refers to, but for what a pull, load or
   * build under way, here or in another JVM, has brought.
   */
  @CanIgnoreReturnValue
  public PruneReport prune() throws IOException {
    PruneReport pruned = store.prune(false, Duration.ZERO, steps().cachedLayers());
    Origins.of(store).prune();
    return pruned;
  }

  /**
   * Forgets what earlier builds made, and deletes the layers that no image refers to either: steps
   * that were not used for a time, then those used longest ago.
   *
   * @param unusedFor how long a step must not have been used; zero forgets all
   * @param keptBytes how large the layers of the steps that stay may be together, uncompressed
   */
  @CanIgnoreReturnValue
  public PruneReport pruneBuildCache(Duration unusedFor, long keptBytes) throws IOException {
    return steps().pruneCache(unusedFor, keptBytes);
  }

  private DockerfileBuilder steps() {
    return new DockerfileBuilder(store, new StoreImages(store));
  }

  /**
   * Returns what {@code docker image inspect} prints: a JSON array with an object for each image.
   *
   * @param namesOrIds as {@link #image} takes them
   * @throws ImageNotFoundException if there is none of one of the names
   */
  public String inspect(String... namesOrIds) throws IOException {
    return Inspection.of(this, List.of(namesOrIds));
  }

  /**
   * Reads everything in the store and says what isn't as it must be: every blob against its digest,
   * every image's parts, every layer against its diff ID and index. Changes nothing.
   */
  public CheckReport check() throws IOException {
    return store.check();
  }

  /**
   * Checks as {@link #check} does, and mends what can be mended from what is there: damaged blobs
   * are made again from another form of the layer or taken out, so that the next pull fetches them;
   * what is ours alone is made anew.
   */
  @CanIgnoreReturnValue
  public CheckReport repair() throws IOException {
    return store.repair();
  }

  /** Closes the store; its images can't be used any more. */
  @Override
  public void close() throws IOException {
    store.close();
  }

  LocalStore local() {
    return store;
  }
}
