// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.VersionedTree;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage between two steps: its layers, its history, and its files, which are laid together only
 * when somebody looks at them. Each step makes a new one.
 *
 * @param layers the layers, the lowest first
 * @param history what made them; an entry without a time gets one in the end
 * @param tree the files
 */
record StageState(List<Layer> layers, List<HistoryEntry> history, LazyTree tree) {
  StageState {
    layers = List.copyOf(layers);
    history = List.copyOf(history);
  }

  static StageState empty() {
    return new StageState(List.of(), List.of(), LazyTree.of(FileTree.empty()));
  }

  /** Returns what the files are, without looking at them: the layers' chain ID. */
  String chain() {
    return layers.isEmpty()
        ? ""
        : Digest.chainId(layers.stream().map(Layer::diffId).toList()).toString();
  }

  /** Returns this after a step that made no layer. */
  StageState with(HistoryEntry entry) {
    return new StageState(layers, plus(history, entry), tree);
  }

  /** Returns this with a layer which no instruction made. */
  StageState with(Layer layer) {
    return new StageState(
        plus(layers, layer),
        history,
        LazyTree.of(() -> VersionedTree.of(layer.applyTo(tree.get()))));
  }

  /** Returns this after a step that made a layer. */
  StageState with(Layer layer, HistoryEntry entry) {
    return with(layer).with(entry);
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }
}
