// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.archive.Origins;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.MediaTypes;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a list of images shows. */
final class ImageList {
  private final LocalStore store;
  private final Map<Digest, StoredImage> images = new HashMap<>();
  private final Map<Digest, List<ImageReference>> names = new HashMap<>();
  private final Map<Digest, List<ImageReference>> digests = new HashMap<>();
  private final Map<Digest, Integer> uses = new HashMap<>();

  private ImageList(LocalStore store) {
    this.store = store;
  }

  static List<ImageSummary> of(LocalStore store) throws IOException {
    ImageList list = new ImageList(store);
    list.read();
    return list.images.values().stream()
        .map(list::summary)
        .sorted(
            Comparator.comparing((ImageSummary image) -> image.references().isEmpty())
                .thenComparing(image -> image.references().toString())
                .thenComparing(ImageSummary::id))
        .toList();
  }

  private void read() throws IOException {
    for (Descriptor manifest : store.images()) {
      StoredImage image = store.image(manifest);
      images.put(manifest.digest(), image);
      addDigests(manifest.digest(), manifest.digest());
      image.config().chainIds().forEach(chain -> uses.merge(chain, 1, Integer::sum));
    }
    for (Map.Entry<ImageReference, Descriptor> name : store.names().list().entrySet()) {
      Digest manifest = manifestOf(name.getValue());
      names.computeIfAbsent(manifest, m -> new ArrayList<>()).add(name.getKey());
      if (!manifest.equals(name.getValue().digest())) {
        addDigests(manifest, name.getValue().digest());
      }
    }
  }

  /** A name may stand for an index; then it is shown with one image of it. */
  private Digest manifestOf(Descriptor named) throws IOException {
    if (MediaTypes.isIndex(named.mediaType())) {
      try {
        return store.image(named).manifestDescriptor().digest();
      } catch (InvalidImageException e) {
        return named.digest(); // there is no image in it
      }
    }
    return named.digest();
  }

  private void addDigests(Digest manifest, Digest known) throws IOException {
    for (String repository : Origins.of(store).repositories(known)) {
      digests
          .computeIfAbsent(manifest, m -> new ArrayList<>())
          .add(ImageReference.parseName(repository).withDigest(known));
    }
  }

  private ImageSummary summary(StoredImage image) {
    Digest manifest = image.manifestDescriptor().digest();
    long shared = 0;
    List<Layer> layers = image.layers();
    List<Digest> chain = image.config().chainIds();
    for (int i = 0; i < layers.size(); i++) {
      shared += uses.getOrDefault(chain.get(i), 0) > 1 ? layers.get(i).size() : 0;
    }
    return new ImageSummary(
        image.id(),
        sorted(names.getOrDefault(manifest, List.of())),
        sorted(digests.getOrDefault(manifest, List.of())),
        image.config().platform(),
        image.config().created(),
        layers.stream().mapToLong(Layer::size).sum(),
        shared);
  }

  private static List<ImageReference> sorted(List<ImageReference> references) {
    return references.stream().sorted().toList();
  }
}
