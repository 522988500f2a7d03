// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what nothing refers to: marks from the names, the containers and the images without a
 * name, then sweeps. All with the store's lock held, so that nothing can be referred to meanwhile;
 * what came in during a lease is left alone. Used once.
 */
final class Pruning {
  private final Storage storage;
  private final ImageNames names;
  private final StoredImages images;
  private final StoredContainers containers;
  private final ImageGraph graph;
  private final LayerRecords records;
  private final Instant keepSince;
  private final Set<Digest> keptLayers;
  private final List<Digest> prunedImages = new ArrayList<>();
  private final List<Digest> prunedBlobs = new ArrayList<>();
  private long freed;

  Pruning(
      Storage storage,
      ImageNames names,
      StoredImages images,
      StoredContainers containers,
      Blobs blobs,
      Duration grace,
      Set<Digest> keptLayers)
      throws IOException {
    this.keptLayers = new HashSet<>(keptLayers);
    this.storage = storage;
    this.names = names;
    this.images = images;
    this.containers = containers;
    this.graph = new ImageGraph(blobs, false);
    this.records = new LayerRecords(storage);
    this.keepSince = storage.protectedSince().minus(grace);
  }

  PruneReport prune(boolean keepUnnamed) throws IOException {
    for (Descriptor named : names.entries()) {
      graph.add(named);
    }
    for (StoredContainer container : containers.list()) {
      graph.add(container.image());
      keptLayers.addAll(container.layers());
    }
    pruneImages(keepUnnamed);
    Set<Digest> marked = new HashSet<>(graph.reached());
    Set<Digest> diffIds = new HashSet<>(graph.diffIds());
    diffIds.addAll(keptLayers);
    for (Digest diffId : diffIds) {
      marked.add(diffId);
      records.find(diffId).forEach(form -> marked.add(form.blob().digest()));
    }
    for (Area area : Area.BLOBS) {
      sweepBlobs(area, marked);
    }
    for (Area area : List.of(Area.TARS, Area.INDEXES, Area.TREES, Area.LAYERS)) {
      sweepLayers(area, marked);
    }
    sweepChunks();
    return new PruneReport(prunedImages, prunedBlobs, freed);
  }

  private void pruneImages(boolean keepUnnamed) throws IOException {
    for (Storage.Item item : storage.list(Area.IMAGES)) {
      List<Descriptor> manifests = images.manifests(item.name());
      boolean named = manifests.stream().anyMatch(each -> graph.reached().contains(each.digest()));
      if (named || (!manifests.isEmpty() && (keepUnnamed || isProtected(item)))) {
        for (Descriptor manifest : manifests) {
          graph.add(manifest);
        }
      } else {
        Blobs.digest(Area.SHA256, item.name()).ifPresent(prunedImages::add);
        delete(Area.IMAGES, item);
      }
    }
  }

  private boolean isProtected(Storage.Item item) {
    return !item.modified().isBefore(keepSince);
  }

  private void sweepBlobs(Area area, Set<Digest> marked) throws IOException {
    for (Storage.Item item : storage.list(area)) {
      Optional<Digest> digest = Blobs.digest(area, item.name());
      boolean ours = digest.isPresent(); // what others put there isn't
      if (ours && !marked.contains(digest.get())) {
        if (isProtected(item)) {
          marked.add(digest.get());
        } else {
          prunedBlobs.add(digest.get());
          delete(area, item);
        }
      }
    }
  }

  private void sweepLayers(Area area, Set<Digest> marked) throws IOException {
    for (Storage.Item item : storage.list(area)) {
      Optional<Digest> diffId = Blobs.digest(item.name());
      boolean used =
          diffId.isPresent()
              && (marked.contains(diffId.get()) || holdsMarked(diffId.get(), marked));
      if (!used && !isProtected(item)) {
        delete(area, item);
      }
    }
  }

  /** Deletes what is known of the chunks of blobs that aren't there any more. */
  private void sweepChunks() throws IOException {
    for (Storage.Item item : storage.list(Area.CHUNKS)) {
      if (storage.find(Area.SHA256, item.name()).isEmpty()) {
        delete(Area.CHUNKS, item);
      }
    }
  }

  private boolean holdsMarked(Digest diffId, Set<Digest> marked) throws IOException {
    return records.find(diffId).stream().anyMatch(form -> marked.contains(form.blob().digest()));
  }

  private void delete(Area area, Storage.Item item) throws IOException {
    storage.delete(area, item.name());
    freed += item.size();
  }
}
