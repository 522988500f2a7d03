// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.error.LaminaException;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.store.Lease;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes images of an image. Layers that stay are the same, with the blobs they came in; time stands
 * still, so that the same edit gives the same image.
 */
final class ImageEdits {
  private final LocalStore store;
  private final StoredImage image;
  private final ImageConfig config;

  ImageEdits(LocalStore store, StoredImage image) {
    this.store = store;
    this.image = image;
    this.config = image.config();
  }

  StoredImage config(ImageConfig changed) throws IOException {
    return put(changed, image.layers(), image.manifest().annotations());
  }

  StoredImage annotations(Map<String, String> annotations) throws IOException {
    return put(config, image.layers(), annotations);
  }

  StoredImage layer(Changes changes, HistoryEntry entry) throws IOException {
    Lease lease = store.lease();
    try {
      Layer layer = store.layers().commit(changes);
      List<Layer> layers = new ArrayList<>(image.layers());
      layers.add(layer);
      return put(config.withLayer(layer.diffId(), entry), layers, image.manifest().annotations());
    } finally {
      lease.close();
    }
  }

  StoredImage without(Layer layer) throws IOException {
    int at = image.layers().lastIndexOf(layer);
    if (at < 0) {
      throw new IllegalArgumentException(
          "layer " + layer.diffId() + ": expected one of " + image.id() + ", found none");
    }
    List<Layer> layers = new ArrayList<>(image.layers());
    layers.remove(at);
    List<HistoryEntry> history = new ArrayList<>(config.history());
    int step = stepOf(at);
    if (step < history.size()) {
      history.remove(step);
    }
    return put(config.withLayers(diffIds(layers), history), layers, image.manifest().annotations());
  }

  /** The step that made a layer; the number of steps if the history doesn't say. */
  private int stepOf(int layer) {
    int before = 0;
    for (int i = 0; i < config.history().size(); i++) {
      if (!config.history().get(i).emptyLayer() && before++ == layer) {
        return i;
      }
    }
    return config.history().size();
  }

  /**
   * Makes one layer of those above some.
   *
   * @param keep how many layers stay as they are
   */
  StoredImage squash(int keep) throws IOException {
    if (image.layers().size() - keep < 2) {
      return image;
    }
    List<HistoryEntry> history = new ArrayList<>();
    int kept = keep == 0 ? 0 : Math.min(stepOf(keep - 1) + 1, config.history().size());
    for (int i = 0; i < config.history().size(); i++) {
      HistoryEntry entry = config.history().get(i);
      history.add(
          i < kept
              ? entry
              : new HistoryEntry(
                  entry.created(), entry.createdBy(), entry.author(), entry.comment(), true));
    }
    String merged = "merge " + (image.layers().size() - keep) + " layers of " + image.id();
    history.add(new HistoryEntry(config.created(), "", "", merged, false));
    return oneLayer(keep, history);
  }

  /** Makes one layer of all, and one step of the history. */
  StoredImage flatten() throws IOException {
    String comment = "flattened from " + image.id();
    return oneLayer(
        0, List.of(new HistoryEntry(config.created(), "", config.author(), comment, false)));
  }

  private StoredImage oneLayer(int keep, List<HistoryEntry> history) throws IOException {
    Lease lease = store.lease();
    try {
      FileTree below = keep == 0 ? FileTree.empty() : image.tree(keep);
      List<Layer> layers = new ArrayList<>(image.layers().subList(0, keep));
      layers.add(store.layers().commit(image.tree().diff(below)));
      return put(
          config.withLayers(diffIds(layers), history), layers, image.manifest().annotations());
    } finally {
      lease.close();
    }
  }

  /** How many layers a base has, if this image's begin with them. */
  int layersOf(StoredImage base) throws LaminaException {
    List<Digest> lower = base.config().diffIds();
    List<Digest> all = config.diffIds();
    if (lower.size() > all.size() || !all.subList(0, lower.size()).equals(lower)) {
      throw new LaminaException(
          "image "
              + image.id()
              + ": expected to begin with the layers of "
              + base.id()
              + ", found others");
    }
    return lower.size();
  }

  StoredImage rebase(StoredImage oldBase, StoredImage newBase) throws IOException {
    int below = layersOf(oldBase);
    if (!config.platform().equals(newBase.config().platform())) {
      throw new LaminaException(
          "base "
              + newBase.id()
              + ": expected one for "
              + config.platform()
              + ", found one for "
              + newBase.config().platform());
    }
    List<Layer> layers = new ArrayList<>(newBase.layers());
    for (Layer own : image.layers().subList(below, image.layers().size())) {
      layers.add(own);
    }
    List<HistoryEntry> history = new ArrayList<>(newBase.config().history());
    int steps = Math.min(oldBase.config().history().size(), config.history().size());
    history.addAll(config.history().subList(steps, config.history().size()));
    return put(config.withLayers(diffIds(layers), history), layers, image.manifest().annotations());
  }

  private static List<Digest> diffIds(List<Layer> layers) {
    return layers.stream().map(Layer::diffId).toList();
  }

  private StoredImage put(ImageConfig changed, List<Layer> layers, Map<String, String> annotations)
      throws IOException {
    return store.put(changed, layers, annotations);
  }
}
