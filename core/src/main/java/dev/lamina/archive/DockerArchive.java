// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * A Docker archive: what {@code docker save} writes and {@code docker load} reads.
 *
 * <pre>{@code
 * image.writeTo(DockerArchive.at(Path.of("app.tar")));
 * List<Image> images = store.load(DockerArchive.at(Path.of("app.tar.gz")));
 * }</pre>
 *
 * <p>Read: every image in {@code manifest.json} with its names, whatever the files are called and
 * whether layers stand there as files or links, compressed or not; the archive itself may be
 * compressed too. Archives without {@code manifest.json}, from before Docker 1.10, are refused.
 *
 * <p>Written: as Docker 25 and later write it, so that it is an OCI layout as well; layers are
 * uncompressed, shared ones stand there once, and the bytes depend on the images only. Of an index
 * the image for this host's platform is written.
 *
 * <p>Immutable and thread-safe, but what is over a stream can be used once.
 */
public final class DockerArchive implements ImageSource, ImageSink {
  private final ArchiveInput input;
  private final ArchiveOutput output;

  private DockerArchive(ArchiveInput input, ArchiveOutput output) {
    this.input = input;
    this.output = output;
  }

  /** Returns the archive in a file; writing it replaces what is there. */
  public static DockerArchive at(Path file) {
    return new DockerArchive(new ArchiveInput.OfFile(file), new ArchiveOutput.ToFile(file));
  }

  /** Returns a source that reads an archive from a stream to its end; the stream is closed. */
  public static ImageSource from(InputStream in) {
    ArchiveInput input = new ArchiveInput.OfStream(in);
    return store -> read(input, store);
  }

  /** Returns a sink that writes an archive to a stream, which stays open. */
  public static ImageSink to(OutputStream out) {
    ArchiveOutput output = new ArchiveOutput.ToStream(out);
    return (store, images) -> new DockerArchiveWriter(store).write(images, output);
  }

  @Override
  public List<NamedImage> readInto(LocalStore store) throws IOException {
    return read(input, store);
  }

  @Override
  public void write(LocalStore store, List<NamedImage> images) throws IOException {
    new DockerArchiveWriter(store).write(images, output);
  }

  private static List<NamedImage> read(ArchiveInput input, LocalStore store) throws IOException {
    return Loading.archive(
        input, store, files -> target -> new DockerArchiveReader(files, target).read());
  }
}
