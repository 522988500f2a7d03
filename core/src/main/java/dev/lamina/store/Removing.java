// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Takes names and images out of a store, with its lock held. Used once. */
final class Removing {
  private final ImageNames names;
  private final StoredImages images;
  private final Blobs blobs;

  Removing(ImageNames names, StoredImages images, Blobs blobs) {
    this.names = names;
    this.images = images;
    this.blobs = blobs;
  }

  RemovedImages name(ImageReference name) throws IOException {
    Descriptor named = names.list().get(name);
    if (named == null) {
      throw new ImageNotFoundException(name.familiar());
    }
    boolean unused = names.untag(name);
    return new RemovedImages(List.of(name), forgetUnnamed(manifests(named)));
  }

  RemovedImages image(StoredImage image) throws IOException {
    Digest manifest = image.manifestDescriptor().digest();
    List<ImageReference> untagged = new ArrayList<>();
    Set<Digest> orphans = new HashSet<>(Set.of(manifest));
    for (Map.Entry<ImageReference, Descriptor> each : names.list().entrySet()) {
      Set<Digest> below = manifests(each.getValue());
      if (below.contains(manifest)) {
        if (names.untag(each.getKey())) {
          untagged.add(each.getKey());
        }
        orphans.addAll(below);
      }
    }
    return new RemovedImages(untagged, forgetUnnamed(orphans));
  }

  private Set<Digest> manifests(Descriptor named) throws IOException {
    ImageGraph graph = new ImageGraph(blobs, false);
    graph.add(named);
    Set<Digest> manifests = new HashSet<>();
    graph.manifests().forEach(each -> manifests.add(each.digest()));
    return manifests;
  }

  /** Forgets those of some manifests that no name stands for; returns their images' IDs. */
  private List<Digest> forgetUnnamed(Set<Digest> orphans) throws IOException {
    ImageGraph named = new ImageGraph(blobs, false);
    for (Descriptor entry : names.entries()) {
      named.add(entry);
    }
    Set<Digest> forgotten = new TreeSet<>();
    for (StoredImages.Noted noted : images.all()) {
      Digest manifest = noted.manifest().digest();
      if (orphans.contains(manifest) && !named.reached().contains(manifest)) {
        images.forget(noted.id(), manifest);
        forgotten.add(noted.id());
      }
    }
    return List.copyOf(forgotten);
  }
}
