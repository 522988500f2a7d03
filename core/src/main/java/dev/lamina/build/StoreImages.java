// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.archive.OciLayout;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The images a store has, and no others. */
public final class StoreImages implements BaseImages {
  private final LocalStore store;

  /** Makes the images of a store. */
  public StoreImages(LocalStore store) {
    this.store = store;
  }

  @Override
  public StoredImage image(ImageReference name, Platform platform) throws IOException {
    Optional<Descriptor> found = store.names().find(name);
    if (found.isEmpty()) {
      throw new MissingImageException(name);
    }
    StoredImage image = store.image(found.get(), platform);
    Platform its = image.config().platform();
    if (!its.os().isEmpty() && !platform.runs(its)) {
      throw new MissingImageException(name, platform, its);
    }
    return image;
  }

  @Override
  public StoredImage layout(Path layout, String name, Platform platform) throws IOException {
    return store.image(OciLayout.at(layout).readOne(store, name), platform);
  }
}
