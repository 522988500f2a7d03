// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import javax.annotation.Nullable;

/** The uncompressed copy of a layer, staged only if it turns out that one is needed. */
final class StagedLater implements LayerIngest.TarSink, Closeable {
  private final Storage storage;
  private @Nullable Staged staged;

  StagedLater(Storage storage) {
    this.storage = storage;
  }

  @Override
  public OutputStream open() throws IOException {
    Staged opened = storage.stage();
    staged = opened;
    return opened;
  }

  boolean isOpen() {
    return staged != null;
  }

  void publish(Area area, String name) throws IOException {
    if (staged == null) {
      throw new IllegalStateException("tar: expected to be open, found nothing");
    }
    staged.publish(area, name);
  }

  @Override
  public void close() throws IOException {
    if (staged != null) {
      staged.close();
    }
  }
}
