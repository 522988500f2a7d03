// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredContainer;
import dev.lamina.task.PathLock;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An open container's place in the store. Safe for use by several threads. */
final class KeptContainer implements Closeable {
  private final LocalStore store;
  private final PathLock lock;
  private StoredContainer stored; // guarded by this

  KeptContainer(LocalStore store, StoredContainer stored, PathLock lock) {
    this.store = store;
    this.stored = stored;
    this.lock = lock;
  }

  synchronized String id() {
    return stored.id();
  }

  synchronized String name() {
    return stored.name();
  }

  /** Returns the layers above the image's, the lowest first. */
  synchronized List<Layer> layers() throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (Digest diffId : stored.layers()) {
      layers.add(store.layers().require(diffId));
    }
    return layers;
  }

  /** Notes the layers above the image's. */
  synchronized void save(List<Layer> layers) throws IOException {
    List<Digest> diffIds = layers.stream().map(Layer::diffId).toList();
    if (!diffIds.equals(stored.layers())) {
      stored = stored.withLayers(diffIds);
      store.containers().update(stored);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
