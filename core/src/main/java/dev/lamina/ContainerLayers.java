// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A container's files as layers: the image's, and those that were written since of what Java and
 * processes changed. Safe for use by several threads.
 */
final class ContainerLayers {
  private final Image image;
  private final OverlayFileSystem files;
  private final List<Layer> layers; // guarded by this
  private FileTree written; // guarded by this: what the layers hold

  ContainerLayers(Image image, OverlayFileSystem files, List<Layer> layers) {
    this.image = image;
    this.files = files;
    this.layers = new ArrayList<>(layers);
    this.written = files.base();
  }

  /**
   * The files at one moment.
   *
   * @param tree what they are
   * @param layers the layers that make the tree together
   */
  record State(FileTree tree, List<Layer> layers) {}

  /** Writes what the layers lack of the files, and returns both. */
  synchronized State write() throws IOException {
    FileTree now = files.snapshot();
    Changes edits = now.diff(written);
    if (!edits.isEmpty()) {
      layers.add(image.store().layers().commit(edits));
      written = now;
    }
    return new State(now, List.copyOf(layers));
  }

  /**
   * Writes changes as a layer, and lays that over the files: their contents are the store's then.
   */
  synchronized Layer add(Changes changes) throws IOException {
    State unused = write();
    Layer layer = image.store().layers().commit(changes);
    files.apply(layer.changes());
    layers.add(layer);
    written = written.apply(layer.changes());
    return layer;
  }
}
