// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.archive.ImageArchive;
import dev.lamina.archive.ImageSink;
import dev.lamina.archive.ImageSource;
import dev.lamina.archive.NamedImage;
import dev.lamina.archive.RootfsTar;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.ImageNotFoundException;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images on this machine: where pulled, loaded and built ones live.
 *
 * <pre>{@code
 * try (ImageStore store = ImageStore.open(Path.of("images"))) {
 *   store.importRootfs(Path.of("debian.tar"), "debian:bookworm");
 *   store.load(Path.of("app.tar"));
 *   store.images().forEach(System.out::println);
 *   Image app = store.image("shop/app:1.4");
 * }
 * }</pre>
 *
 * <p>A store on disk is a folder that is an OCI layout, which other tools can read; several JVMs
 * may use it at a time. Thread-safe.
 */
public final class ImageStore implements Closeable {
  private final LocalStore store;

  private ImageStore(LocalStore store) {
    this.store = store;
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

  /** Loads the images of a source. */
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

  /** Writes images to an archive or a layout; what they share is written once. */
  public void save(ImageSink sink, String... images) throws IOException {
    List<NamedImage> named = new ArrayList<>();
    for (String each : images) {
      Image image = image(each);
      named.add(
          new NamedImage(
              image.stored().manifestDescriptor(),
              image.reference().map(List::of).orElse(List.of())));
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
   * @param nameOrId a name, with or without a digest, or the first digits of an ID
   * @throws ImageNotFoundException if there is none
   * @throws dev.lamina.store.AmbiguousImageException if the digits stand for several
   */
  public Image image(String nameOrId) throws IOException {
    Optional<Image> image = find(nameOrId);
    if (image.isEmpty()) {
      throw new ImageNotFoundException(nameOrId);
    }
    return image.get();
  }

  /** Returns an image as {@link #image} does, if there is one. */
  public Optional<Image> find(String nameOrId) throws IOException {
    if (!nameOrId.matches("(sha256:)?[a-f0-9]{64}|sha256:[a-f0-9]+")) {
      ImageReference reference = ImageReference.parse(nameOrId);
      Optional<StoredImage> named = store.find(reference);
      if (named.isPresent()) {
        return named.map(stored -> new Image(store, stored, Optional.of(reference)));
      }
    }
    return nameOrId.matches("(sha256:)?[a-f0-9]{1,64}")
        ? store.byId(nameOrId).map(stored -> new Image(store, stored, Optional.empty()))
        : Optional.empty();
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

  /** Closes the store; its images can't be used any more. */
  @Override
  public void close() throws IOException {
    store.close();
  }

  LocalStore local() {
    return store;
  }
}
