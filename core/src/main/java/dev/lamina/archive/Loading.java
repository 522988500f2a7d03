// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.ImageReference;
import dev.lamina.store.Lease;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Taking the images of a source into a store. */
final class Loading {
  /** Something done with a store. */
  interface Task<T> {
    T run() throws IOException;
  }

  /** Reads the images of an archive that has been opened. */
  interface Reader {
    List<NamedImage> readInto(LocalStore store) throws IOException;
  }

  /** Says how the files of an archive are read. */
  interface Format {
    Reader of(ArchiveFiles files) throws IOException;
  }

  private Loading() {}

  /** Reads a tar of some format. */
  static List<NamedImage> archive(ArchiveInput input, LocalStore store, Format format)
      throws IOException {
    try (ArchiveCopy copy = input.openCopy(store)) {
      TarFiles files = TarFiles.scan(copy.content(), input.where());
      return leased(store, () -> format.of(files).readInto(store));
    }
  }

  /** Runs a task whose new blobs aren't pruned before it ends. */
  static <T> T leased(LocalStore store, Task<T> task) throws IOException {
    Lease lease = store.lease();
    try {
      return task.run();
    } finally {
      lease.close();
    }
  }

  /** Takes all images in, and when they are there gives them their names. */
  static void load(LocalStore store, BlobSource source, List<NamedImage> images)
      throws IOException {
    for (NamedImage image : images) {
      ImageIngest.all(store, source, image.image(), Optional.empty());
    }
    tag(store, images);
  }

  /** Gives images of the store their names. */
  static void tag(LocalStore store, List<NamedImage> images) throws IOException {
    for (NamedImage image : images) {
      for (ImageReference name : image.names()) {
        store.names().tag(name, image.image());
      }
    }
  }
}
