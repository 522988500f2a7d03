// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of an image's history: what was done, the layer it made, and what the image's files
 * looked like then. Immutable and thread-safe; usable while the image's store is open.
 */
public final class ImageStep {
  private static final HistoryEntry UNKNOWN = new HistoryEntry(Optional.empty(), "", "", "", false);

  private final HistoryEntry entry;
  private final Optional<Layer> layer;
  private final List<Layer> below;

  private ImageStep(HistoryEntry entry, Optional<Layer> layer, List<Layer> below) {
    this.entry = entry;
    this.layer = layer;
    this.below = List.copyOf(below);
  }

  /**
   * The history with the layers that belong to it. Layers that the history doesn't mention, as some
   * tools write it, are steps of which nothing else is known.
   */
  static List<ImageStep> of(StoredImage image) {
    List<ImageStep> steps = new ArrayList<>();
    List<Layer> layers = image.layers();
    int next = 0;
    for (HistoryEntry entry : image.config().history()) {
      boolean hasLayer = !entry.emptyLayer() && next < layers.size();
      Optional<Layer> layer = hasLayer ? Optional.of(layers.get(next++)) : Optional.empty();
      steps.add(new ImageStep(entry, layer, layers.subList(0, next)));
    }
    while (next < layers.size()) {
      Layer layer = layers.get(next++);
      steps.add(new ImageStep(UNKNOWN, Optional.of(layer), layers.subList(0, next)));
    }
    return List.copyOf(steps);
  }

  /** Returns what the configuration says of the step. */
  public HistoryEntry entry() {
    return entry;
  }

  /** Returns the layer the step made; empty if it changed the configuration only. */
  public Optional<Layer> layer() {
    return layer;
  }

  /** Returns the size of the step's layer in bytes, uncompressed; 0 if it made none. */
  public long size() {
    return layer.map(Layer::size).orElse(0L);
  }

  /** Returns the files as they were after the step. */
  public FileTree tree() throws IOException {
    FileTree tree = FileTree.empty();
    for (Layer each : below) {
      tree = tree.apply(each.changes());
    }
    return tree;
  }

  /** Returns the files as they were after the step, as a file system that can't be written to. */
  public FileSystem fileSystem() throws IOException {
    return OverlayFileSystem.over(tree());
  }

  /** Returns the size and what was done. */
  @Override
  public String toString() {
    return size() + " " + entry.createdBy();
  }
}
