// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.HostContent;
import dev.lamina.fs.Content;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Digest;
import dev.lamina.store.LayerStore;
import dev.lamina.store.OpenContent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.annotation.Nullable;

/**
 * The contents of one layer while it is written. A file of a context that is in a layer already,
 * and hasn't changed since, is read from there: no file is opened for it, and what is trusted is
 * what answers a build in which nothing changed. For one thread.
 */
final class LayerContents implements LayerWriter.Contents, Closeable {
  private static final int CHUNK = 128 << 10;

  private final ContentDigests digests;
  private final LayerStore layers;
  private final UnaryOperator<Content> readers;
  private final Map<Digest, Optional<OpenContent>> open = new HashMap<>();
  private final List<Written> written = new ArrayList<>();
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);

  /** A file that is in the layer now. */
  private record Written(HostContent file, long offset, int sum) {}

  /**
   * Begins a layer.
   *
   * @param readers returns what reads a content, such as one who digests it on the way
   */
  LayerContents(ContentDigests digests, LayerStore layers, UnaryOperator<Content> readers) {
    this.digests = digests;
    this.layers = layers;
    this.readers = readers;
  }

  @Override
  public Content reading(Content content) throws IOException {
    Content reader = readers.apply(content);
    if (!(content instanceof HostContent file)) {
      return reader;
    }
    LayerPlace place = digests.placeOrNull(file);
    return place == null
        ? new FileInLayer(file, reader, null, 0, chunk)
        : new FileInLayer(file, reader, earlierOrNull(place, file.size()), place.sum(), chunk);
  }

  /** Returns the content at a place; null if the store doesn't have the layer any more. */
  private @Nullable Content earlierOrNull(LayerPlace place, long size) throws IOException {
    Optional<OpenContent> tar = open.get(place.layer());
    if (tar == null) {
      tar = layers.openTar(place.layer());
      open.put(place.layer(), tar);
    }
    return tar.isPresent() && size <= tar.get().size() - place.offset()
        ? tar.get().slice(place.offset(), size)
        : null;
  }

  @Override
  public void written(Content content, long offset) {
    if (content instanceof FileInLayer read) {
      written.add(new Written(read.file(), offset, read.sum()));
    }
  }

  /** Remembers where the files stand, now that the layer is in the store. */
  void committed(Digest diffId) throws IOException {
    for (Written each : written) {
      digests.learn(each.file, new LayerPlace(diffId, each.offset, each.sum));
    }
  }

  @Override
  public void close() throws IOException {
    for (Optional<OpenContent> tar : open.values()) {
      if (tar.isPresent()) {
        tar.get().close();
      }
    }
  }
}
