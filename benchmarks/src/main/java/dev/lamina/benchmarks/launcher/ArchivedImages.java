// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.launcher;

import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.ImageSource;
import dev.lamina.archive.OciLayout;
import dev.lamina.build.BaseImages;
import dev.lamina.build.StoreImages;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The images of a store and of archives, each of which is loaded when an image of it is needed. */
final class ArchivedImages implements BaseImages {
  private final LocalStore store;
  private final StoreImages images;
  private final Map<ImageReference, Path> archives;
  private final Set<Path> loaded = new HashSet<>();

  ArchivedImages(LocalStore store, Map<ImageReference, Path> archives) {
    this.store = store;
    this.images = new StoreImages(store);
    this.archives = archives;
  }

  synchronized void load(Path archive) throws IOException {
    if (loaded.add(archive)) {
      ImageSource source =
          Files.isDirectory(archive) ? OciLayout.at(archive) : DockerArchive.at(archive);
      if (source.readInto(store).isEmpty()) {
        throw new IOException(archive + ": no image in it");
      }
    }
  }

  @Override
  public StoredImage image(ImageReference name, Platform platform)
      throws IOException, InterruptedException {
    Path archive = archives.get(name);
    if (archive != null) {
      load(archive);
    }
    return images.image(name, platform);
  }

  @Override
  public StoredImage layout(Path layout, String name, Platform platform)
      throws IOException, InterruptedException {
    return images.layout(layout, name, platform);
  }
}
