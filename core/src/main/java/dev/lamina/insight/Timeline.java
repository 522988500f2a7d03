// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The steps an image was made in, each with the files as they were after it.
 *
 * <pre>{@code
 * Timeline timeline = Timeline.of(config, layers);
 * timeline.steps().forEach(System.out::println);      // step 1: ADD rootfs.tar /, step 2: CMD ["sh"]
 * timeline.at(2).compare(timeline.at(1));             // what step 2 did, as docker diff has it
 * timeline.blame(TreePath.of("/etc/passwd"));         // who did what to it
 * }</pre>
 *
 * <p>A step of the history that is no empty layer belongs to the next layer from below. Where an
 * image has more layers than its history accounts for, steps without an instruction stand for them
 * at the end; where it has fewer, what is left of the history counts as empty layers.
 *
 * <p>Thread-safe. Trees are made when they are first asked for and kept with the timeline; they
 * share what is the same in them.
 */
public final class Timeline {
  private static final HistoryEntry UNKNOWN = new HistoryEntry(Optional.empty(), "", "", "", false);
  private static final HistoryEntry SCRATCH =
      new HistoryEntry(Optional.empty(), "FROM scratch", "", "", true);

  private final List<LayerSource> layers;
  private final List<Step> steps;
  private final List<FileTree> trees = new ArrayList<>(List.of(FileTree.empty())); // locked by it

  private Timeline(List<HistoryEntry> history, List<LayerSource> layers) {
    this.layers = List.copyOf(layers);
    List<Step> all = new ArrayList<>();
    all.add(new Step(this, 0, SCRATCH, null, 0));
    Iterator<LayerSource> next = this.layers.iterator();
    int below = 0;
    for (HistoryEntry entry : history) {
      boolean made = !entry.emptyLayer() && next.hasNext();
      all.add(new Step(this, all.size(), entry, made ? next.next() : null, below));
      below += made ? 1 : 0;
    }
    while (next.hasNext()) {
      all.add(new Step(this, all.size(), UNKNOWN, next.next(), below++));
    }
    this.steps = List.copyOf(all);
  }

  /**
   * Returns the timeline of an image.
   *
   * @param layers the lowest first
   */
  public static Timeline of(ImageConfig config, List<Layer> layers) {
    return ofSources(config, layers.stream().map(StoredLayer::new).toList());
  }

  /** A layer of a store. */
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

  static Timeline ofSources(ImageConfig config, List<? extends LayerSource> layers) {
    return new Timeline(config.history(), List.copyOf(layers));
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
    synchronized (trees) {
      while (trees.size() <= count) {
        int done = trees.size() - 1;
        trees.add(trees.get(done).apply(layers.get(done).changes()));
      }
      return trees.get(count);
    }
  }
}
