// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.layer.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A container's files as layers: the image's, and those that were written since of what Java and
 * processes changed. Safe for use by several threads.
 */
final class ContainerLayers {
  /** How many layers a container may have of its own before they are made one. */
  private static final int MOST = 32;

  private final Image image;
  private final OverlayFileSystem files;
  private final Optional<KeptContainer> kept;
  private final List<Layer> own = new ArrayList<>(); // guarded by this
  private FileTree written; // guarded by this: what the layers hold

  /** Begins with what is kept of the container, whose files are still the image's. */
  ContainerLayers(Image image, OverlayFileSystem files, Optional<KeptContainer> kept)
      throws IOException {
    this.image = image;
    this.files = files;
    this.kept = kept;
    if (kept.isPresent()) {
      own.addAll(kept.get().layers());
      for (Layer layer : own) {
        files.apply(layer.changes());
      }
    }
    this.written = files.snapshot();
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
      own.add(image.store().layers().commit(edits));
      written = now;
    }
    List<Layer> all = new ArrayList<>(image.layers());
    all.addAll(own);
    return new State(now, List.copyOf(all));
  }

  /**
   * Writes changes as a layer, and lays that over the files: their contents are the store's then.
   */
  synchronized Layer add(Changes changes) throws IOException {
    State unused = write();
    Layer layer = image.store().layers().commit(changes);
    files.apply(layer.changes());
    own.add(layer);
    written = written.apply(layer.changes());
    keep();
    return layer;
  }

  /** Writes what the layers lack of the files, and notes it if the container is kept. */
  synchronized void save() throws IOException {
    if (kept.isPresent()) {
      State unused = write();
      if (own.size() > MOST) {
        Changes all = written.diff(files.base());
        own.clear();
        if (!all.isEmpty()) {
          own.add(image.store().layers().commit(all));
        }
      }
      keep();
    }
  }

  private void keep() throws IOException {
    if (kept.isPresent()) {
      kept.get().save(own);
    }
  }
}
