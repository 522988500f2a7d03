// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.build.BaseImages;
import dev.lamina.build.DockerfileBuilder;
import dev.lamina.build.StoreImages;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a builder knows of the store it builds in.
 *
 * @param name the first name the image gets
 * @param store the store, if it isn't the user's
 * @param pulls how images that are missing are pulled, if they are
 */
record BuildHome(
    Optional<ImageReference> name,
    Optional<ImageStore> store,
    Optional<UnaryOperator<Pull>> pulls) {

  static BuildHome unknown() {
    return new BuildHome(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns this with a name, unless there is one. */
  BuildHome withName(ImageReference reference) {
    return new BuildHome(Optional.of(name.orElse(reference)), store, pulls);
  }

  BuildHome withStore(ImageStore images) {
    return new BuildHome(name, Optional.of(images), pulls);
  }

  BuildHome withPulls(UnaryOperator<Pull> how) {
    return new BuildHome(name, store, Optional.of(how));
  }

  /** Returns the store. */
  ImageStore images() throws IOException {
    return store.isPresent() ? store.get() : ImageStore.userDefault();
  }

  /** Returns what builds in the store. */
  DockerfileBuilder builder(ImageStore images) {
    BaseImages stored = new StoreImages(images.local());
    BaseImages bases = pulls.isPresent() ? new PulledImages(stored, images, pulls.get()) : stored;
    return new DockerfileBuilder(images.local(), bases);
  }
}
