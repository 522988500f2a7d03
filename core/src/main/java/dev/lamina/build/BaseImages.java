// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.Path;

/** Finds the images that a build starts from or copies from. Called by several threads at once. */
public interface BaseImages {

  /**
   * Returns an image of the store, which may be brought there from a registry first.
   *
   * @throws BuildException if there is none of that name, or none for that platform
   */
  StoredImage image(ImageReference name, Platform platform)
      throws IOException, InterruptedException;

  /**
   * Returns an image of an OCI layout, after bringing it into the store.
   *
   * @param name a tag or digest; {@code ""} for the only image there
   */
  StoredImage layout(Path layout, String name, Platform platform)
      throws IOException, InterruptedException;
}
