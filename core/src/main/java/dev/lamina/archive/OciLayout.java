// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.compress.CompressionOptions;
import dev.lamina.oci.Descriptor;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An OCI image layout: a folder, or a tar of one.
 *
 * <pre>{@code
 * image.writeTo(OciLayout.at(folder));
 * image.writeTo(OciLayout.at(Path.of("app.tar")));
 * List<Image> images = store.load(OciLayout.at(folder));
 * }</pre>
 *
 * <p>Read: every image and index that {@code index.json} names, with all that belongs to it; an
 * index may name manifests that aren't there. Names come from the annotations {@code
 * io.containerd.image.name} and {@code org.opencontainers.image.ref.name}; a tag alone names
 * nothing. A tar may be compressed.
 *
 * <p>Written: what came from outside leaves as it came. Layers made here are compressed, unless
 * {@link #withCompression} says how; the result is remembered in the store. A folder that is a
 * layout already gets the images beside those it has; a tar is written anew.
 *
 * <p>Immutable and thread-safe.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md">OCI image
 *     layout</a>
 */
public final class OciLayout implements ImageSource, ImageSink {
  private final Path path;
  private final CompressionOptions compression;

  private OciLayout(Path path, CompressionOptions compression) {
    this.path = path;
    this.compression = compression;
  }

  /**
   * Returns the layout at a path: a tar if that is a file, or is not there and its name ends in
   * {@code .tar}; else a folder.
   */
  public static OciLayout at(Path path) {
    return new OciLayout(path, CompressionOptions.DEFAULT);
  }

  /** Returns a source that reads a layout's tar from a stream to its end; the stream is closed. */
  public static ImageSource from(InputStream in) {
    return store -> readTar(new ArchiveInput.OfStream(in), store);
  }

  /** Returns a sink that writes a layout's tar to a stream, which stays open. */
  public static ImageSink to(OutputStream out) {
    return (store, images) ->
        writeTar(store, images, CompressionOptions.DEFAULT, new ArchiveOutput.ToStream(out));
  }

  /** Returns this with layers made here compressed in another way when it is written. */
  public OciLayout withCompression(CompressionOptions options) {
    return new OciLayout(path, options);
  }

  @Override
  public List<NamedImage> readInto(LocalStore store) throws IOException {
    if (Files.isDirectory(path)) {
      OciLayoutReader reader = new OciLayoutReader(new FolderFiles(path), store);
      return Loading.leased(store, reader::read);
    }
    return readTar(new ArchiveInput.OfFile(path), store);
  }

  /**
   * Takes one image of the layout into a store, where it gets no name. The caller holds a lease on
   * the store until something refers to the image.
   *
   * @param tagOrDigest what the layout calls it, or its digest; {@code ""} for the one called
   *     {@code latest}, or else the only one
   * @throws dev.lamina.oci.InvalidImageException if the layout has no such image or isn't sound
   */
  public Descriptor readOne(LocalStore store, String tagOrDigest) throws IOException {
    if (Files.isDirectory(path)) {
      return new OciLayoutReader(new FolderFiles(path), store).readOne(tagOrDigest);
    }
    ArchiveInput input = new ArchiveInput.OfFile(path);
    try (ArchiveCopy copy = input.openCopy(store)) {
      return new OciLayoutReader(TarFiles.scan(copy.content(), input.where()), store)
          .readOne(tagOrDigest);
    }
  }

  private static List<NamedImage> readTar(ArchiveInput input, LocalStore store) throws IOException {
    return Loading.archive(
        input, store, files -> target -> new OciLayoutReader(files, target).read());
  }

  @Override
  public void write(LocalStore store, List<NamedImage> images) throws IOException {
    boolean tar =
        Files.isRegularFile(path)
            || (!Files.exists(path) && String.valueOf(path.getFileName()).endsWith(".tar"));
    if (tar) {
      writeTar(store, images, compression, new ArchiveOutput.ToFile(path));
    } else {
      new OciLayoutWriter(store, compression, LayoutFolder.open(path)).write(images);
    }
  }

  private static void writeTar(
      LocalStore store,
      List<NamedImage> images,
      CompressionOptions compression,
      ArchiveOutput output)
      throws IOException {
    output.write(
        out -> {
          LayoutTar target = new LayoutTar(out);
          new OciLayoutWriter(store, compression, target).write(images);
          target.finish();
        });
  }
}
