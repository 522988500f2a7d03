// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import java.util.List;

/**
 * A root file system in both of its forms: as a tree, and as the layers it came from, which an
 * engine may keep unpacked. The layers laid over each other, and the pending changes over them, are
 * the tree.
 *
 * @param tree what the root holds
 * @param layers the layers it is made of, lowest first; may be empty
 * @param pending what is in the tree but in no layer yet; everything, if there are no layers
 */
public record RootFs(FileTree tree, List<Layer> layers, Changes pending) {
  public RootFs {
    layers = List.copyOf(layers);
  }
}
