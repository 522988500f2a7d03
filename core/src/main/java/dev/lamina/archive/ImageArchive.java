// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.InvalidImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Archives whose kind is found out by looking. */
public final class ImageArchive {
  private ImageArchive() {}

  /**
   * Returns the images of a Docker archive, or of an OCI layout in a tar or a folder; a tar may be
   * compressed. What is both is read as a Docker archive.
   */
  public static ImageSource at(Path path) {
    return Files.isDirectory(path)
        ? OciLayout.at(path)
        : store -> Loading.archive(new ArchiveInput.OfFile(path), store, ImageArchive::reader);
  }

  /** Returns the images of such an archive from a stream, which is read to its end and closed. */
  public static ImageSource from(InputStream in) {
    return store -> Loading.archive(new ArchiveInput.OfStream(in), store, ImageArchive::reader);
  }

  private static Loading.Reader reader(ArchiveFiles files) throws IOException {
    if (files.find(DockerArchiveReader.MANIFEST_FILE).isPresent()) {
      return store -> new DockerArchiveReader(files, store).read();
    }
    if (files.find(OciLayoutReader.LAYOUT_FILE).isPresent()) {
      return store -> new OciLayoutReader(files, store).read();
    }
    throw new InvalidImageException(
        files.where()
            + ": expected a Docker archive or an OCI layout, found neither manifest.json nor"
            + " oci-layout");
  }
}
