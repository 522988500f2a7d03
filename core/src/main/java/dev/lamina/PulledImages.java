// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.build.BaseImages;
import dev.lamina.build.MissingImageException;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The images of a store, and those that have to be pulled into it first.
 *
 * @param stored those of the store
 * @param store where they are pulled to
 * @param how says how one is pulled
 */
record PulledImages(BaseImages stored, ImageStore store, UnaryOperator<Pull> how)
    implements BaseImages {

  @Override
  public StoredImage image(ImageReference name, Platform platform)
      throws IOException, InterruptedException {
    try {
      return stored.image(name, platform);
    } catch (MissingImageException e) {
      Pull pull = Pull.of(name.toString()).platform(platform);
      return store.pull(how.apply(pull)).stored();
    }
  }

  @Override
  public StoredImage layout(Path layout, String name, Platform platform)
      throws IOException, InterruptedException {
    return stored.layout(layout, name, platform);
  }
}
