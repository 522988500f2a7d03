// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.FileTree;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files of an image as one tar or host folder, with nothing said of how it is run: what {@code
 * docker import} reads and {@code docker export} writes.
 *
 * <pre>{@code
 * store.load(RootfsTar.at(Path.of("debian.tar.xz")).named("debian:bookworm"));
 * image.writeTo(RootfsTar.at(Path.of("rootfs.tar")));
 * image.writeTo(RootfsTar.folder(Path.of("rootfs")));
 * }</pre>
 *
 * <p>Read: the tar, compressed or not, becomes the one layer of a new image, byte for byte; of a
 * folder a layer is made, with the owners, times and {@code user.*} attributes its files have.
 *
 * <p>Written: the tree that all layers make. A tar has all but the sockets. Into a folder, which
 * must be empty or missing, go directories, files, links and {@code user.*} attributes, with their
 * owners if this JVM is root's; devices, pipes and other attributes are left out.
 *
 * <p>Immutable and thread-safe, but what is over a stream can be used once.
 */
public final class RootfsTar implements ImageSource, ImageSink {
  private final ArchiveInput input;
  private final Optional<Path> folder;
  private final ArchiveOutput output;
  private final Optional<ImageReference> name;
  private final ImportSettings settings;

  private RootfsTar(
      ArchiveInput input,
      Optional<Path> folder,
      ArchiveOutput output,
      Optional<ImageReference> name,
      ImportSettings settings) {
    this.input = input;
    this.folder = folder;
    this.output = output;
    this.name = name;
    this.settings = settings;
  }

  /** Returns the tar in a file, or a folder if that is one. */
  public static RootfsTar at(Path path) {
    return new RootfsTar(
        new ArchiveInput.OfFile(path),
        Files.isDirectory(path) ? Optional.of(path) : Optional.empty(),
        new ArchiveOutput.ToFile(path),
        Optional.empty(),
        ImportSettings.DEFAULT);
  }

  /** Returns the files in a folder; to write, one that is empty or missing. */
  public static RootfsTar folder(Path folder) {
    return new RootfsTar(
        new ArchiveInput.OfFile(folder),
        Optional.of(folder),
        new ArchiveOutput.ToFile(folder),
        Optional.empty(),
        ImportSettings.DEFAULT);
  }

  /** Returns the tar that a stream gives; to be read only, and closed then. */
  public static RootfsTar from(InputStream in) {
    return new RootfsTar(
        new ArchiveInput.OfStream(in),
        Optional.empty(),
        body -> {
          throw new IOException("tar: expected one to write to, found one to read from");
        },
        Optional.empty(),
        ImportSettings.DEFAULT);
  }

  /** Returns a sink that writes a tar to a stream, which stays open. */
  public static ImageSink to(OutputStream out) {
    return (store, images) -> write(tree(store, images), new ArchiveOutput.ToStream(out));
  }

  /** Returns this with a name for the image that is read. */
  public RootfsTar named(String reference) {
    return new RootfsTar(
        input, folder, output, Optional.of(ImageReference.parse(reference)), settings);
  }

  /**
   * Returns this with the platform that the files are for; {@link Platform#host} if nothing is
   * said.
   */
  public RootfsTar withPlatform(Platform platform) {
    return with(settings.withPlatform(platform));
  }

  /** Returns this with a way of running containers of the image that is read. */
  public RootfsTar withConfig(ContainerConfig config) {
    return with(settings.withConfig(config));
  }

  /**
   * Returns this with the note that the image's history gets; {@code Imported from -} by default.
   */
  public RootfsTar withComment(String comment) {
    return with(settings.withComment(comment));
  }

  /** Returns this with the time at which the image is said to be made; the present by default. */
  public RootfsTar withCreated(Instant created) {
    return with(settings.withCreated(created));
  }

  private RootfsTar with(ImportSettings newSettings) {
    return new RootfsTar(input, folder, output, name, newSettings);
  }

  @Override
  public List<NamedImage> readInto(LocalStore store) throws IOException {
    return Loading.leased(store, () -> read(store));
  }

  private List<NamedImage> read(LocalStore store) throws IOException {
    NamedImage image =
        folder.isPresent()
            ? settings.importTree(store, FileTree.ofFolder(folder.get()), name)
            : settings.importTar(store, input, name);
    Loading.tag(store, List.of(image));
    return List.of(image);
  }

  @Override
  public void write(LocalStore store, List<NamedImage> images) throws IOException {
    FileTree tree = tree(store, images);
    if (folder.isPresent()) {
      FolderWriter.write(tree, folder.get());
    } else {
      write(tree, output);
    }
  }

  private static FileTree tree(LocalStore store, List<NamedImage> images) throws IOException {
    if (images.size() != 1) {
      throw new IllegalArgumentException(
          "root file system: expected one image, found " + images.size());
    }
    return store.image(images.get(0).image()).tree();
  }

  private static void write(FileTree tree, ArchiveOutput output) throws IOException {
    output.write(out -> write(tree, out));
  }

  /**
   * Writes files as a tar to a stream, which is neither flushed nor closed.
   *
   * @throws dev.lamina.layer.LayerFormatException if a name begins with {@code .wh.}, which layers
   *     keep for themselves, or is too long
   */
  public static void write(FileTree tree, OutputStream out) throws IOException {
    var unused = LayerWriter.write(tree.diff(FileTree.empty()), out);
  }
}
