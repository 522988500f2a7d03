// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The steps an image was made in, each with the files as they were after it.
 *
 * <pre>{@code
 * Timeline timeline = Timeline.of(image);
 * timeline.steps().forEach(System.out::println);      // step 1: ADD rootfs.tar /, step 2: CMD ["sh"]
 * timeline.at(2).compare(timeline.at(1));             // what step 2 did, as docker diff has it
 * timeline.blame(TreePath.of("/etc/passwd"));         // who did what to it
 * }</pre>
 *
 * <p>A step of the history that is no empty layer belongs to the next layer from below. Where an
 * image has more layers than its history accounts for, steps without an instruction stand for them
 * at the end; where it has fewer, what is left of the history counts as empty layers.
 *
 * <p>Immutable and thread-safe; usable as long as the image's store is open. Trees are made when
 * they are first asked for, and share what is the same in them.
 */
public final class Timeline {
  private static final HistoryEntry UNKNOWN = new HistoryEntry(Optional.empty(), "", "", "", false);
  private static final HistoryEntry SCRATCH =
      new HistoryEntry(Optional.empty(), "FROM scratch", "", "", true);

  private final ImageConfig config;
  private final Trees trees;
  private final List<Step> steps;

  /** Where the trees come from. */
  @FunctionalInterface
  private interface Trees {
    /** Returns the files of the lowest {@code count} layers. */
    FileTree tree(int count) throws IOException;
  }

  private Timeline(ImageConfig config, List<? extends LayerSource> layers, Trees trees) {
    this.config = config;
    this.trees = trees;
    List<Step> all = new ArrayList<>();
    all.add(new Step(this, 0, SCRATCH, null, 0));
    Iterator<? extends LayerSource> next = layers.iterator();
    int below = 0;
    for (HistoryEntry entry : config.history()) {
      boolean made = !entry.emptyLayer() && next.hasNext();
      all.add(new Step(this, all.size(), entry, made ? next.next() : null, below));
      below += made ? 1 : 0;
    }
    while (next.hasNext()) {
      all.add(new Step(this, all.size(), UNKNOWN, next.next(), below++));
    }
    this.steps = List.copyOf(all);
  }

  /** Returns the timeline of an image in a store. */
  public static Timeline of(StoredImage image) {
    List<StoredLayer> layers = image.layers().stream().map(StoredLayer::new).toList();
    return new Timeline(image.config(), layers, image::tree);
  }

  /** Returns the timeline of layers that are in no store. */
  static Timeline of(ImageConfig config, List<LayerSource> layers) {
    return new Timeline(config, layers, new OwnTrees(layers));
  }

  private record StoredLayer(Layer layer) implements LayerSource {
    @Override
    public Digest diffId() {
      return layer.diffId();
    }

    @Override
    public long size() {
      return layer.size();
    }

    @Override
    public Changes changes() throws IOException {
      return layer.changes();
    }
  }

  /** Trees that are kept here, for lack of a store. */
  private static final class OwnTrees implements Trees {
    private final List<LayerSource> layers;
    private final List<FileTree> made = new ArrayList<>(List.of(FileTree.empty()));

    OwnTrees(List<LayerSource> layers) {
      this.layers = layers;
    }

    @Override
    public synchronized FileTree tree(int count) throws IOException {
      while (made.size() <= count) {
        int done = made.size() - 1;
        made.add(made.get(done).apply(layers.get(done).changes()));
      }
      return made.get(count);
    }
  }

  /** Returns the configuration of the image. */
  public ImageConfig config() {
    return config;
  }

  /** Returns the steps, the first first. */
  public List<Step> steps() {
    return steps.subList(1, steps.size());
  }

  /**
   * Returns a step.
   *
   * @param number from 1; 0 gives what is before the first step: no files
   * @throws IndexOutOfBoundsException if there is no such step
   */
  public Step at(int number) {
    if (number < 0 || number >= steps.size()) {
      throw new IndexOutOfBoundsException(
          "step " + number + ": expected 0 to " + (steps.size() - 1));
    }
    return steps.get(number);
  }

  /** Returns the last step, after which the files are those of the image. */
  public Step last() {
    return steps.get(steps.size() - 1);
  }

  /**
   * Returns every step that touched a path. Links on the way to the path are followed in the
   * image's final tree; one in the last place is not.
   *
   * @throws IOException if a layer can't be read
   */
  public Blame blame(TreePath path) throws IOException {
    return Blame.of(this, path);
  }

  /** Returns the files of the lowest {@code count} layers. */
  FileTree tree(int count) throws IOException {
    return trees.tree(count);
  }
}
