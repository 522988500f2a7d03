// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.archive.NamedImage;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.ImageNotFoundException;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a name, or the first digits of an ID, stands for in a store. */
final class ImageLookup {
  private final LocalStore store;

  ImageLookup(LocalStore store) {
    this.store = store;
  }

  /** Returns an image, or says that there is none. */
  Image image(String nameOrId) throws IOException {
    Optional<Image> image = find(nameOrId);
    if (image.isEmpty()) {
      throw new ImageNotFoundException(nameOrId);
    }
    return image.get();
  }

  Optional<Image> find(String nameOrId) throws IOException {
    if (!isId(nameOrId)) {
      ImageReference reference = ImageReference.parse(nameOrId);
      Optional<StoredImage> named = store.find(reference);
      if (named.isPresent()) {
        return named.map(stored -> new Image(store, stored, Optional.of(reference)));
      }
    }
    return nameOrId.matches("(sha256:)?[a-f0-9]{1,64}")
        ? store.byId(nameOrId).map(stored -> new Image(store, stored, Optional.empty()))
        : Optional.empty();
  }

  /** Returns what a name stands for, be it an index, unopened; or the image of an ID. */
  NamedImage meant(String nameOrId) throws IOException {
    if (!isId(nameOrId)) {
      ImageReference reference = ImageReference.parse(nameOrId);
      Optional<Descriptor> named =
          reference.digest().isEmpty() ? store.names().find(reference) : Optional.empty();
      if (named.isPresent()) {
        return new NamedImage(named.get(), List.of(reference));
      }
    }
    Image image = image(nameOrId);
    return new NamedImage(
        image.stored().manifestDescriptor(), image.reference().map(List::of).orElse(List.of()));
  }

  /** Returns whether a text can only be an ID; fewer digits may be a name. */
  private static boolean isId(String nameOrId) {
    return nameOrId.matches("(sha256:)?[a-f0-9]{64}|sha256:[a-f0-9]+");
  }
}
