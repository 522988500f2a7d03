// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.HostContent;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.ContentReader;
import dev.lamina.layer.Layer;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Digest;
import dev.lamina.store.LayerStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import javax.annotation.Nullable;

/**
 * The contents of one layer while it is written. A file of a context that is in a layer already,
 * and hasn't changed since, is read from there: no file is opened for it, and what is trusted is
 * what answers a build in which nothing changed.
 *
 * <p>A store that is damaged doesn't pass the damage on under a new digest: if what was read isn't
 * what was written there, the new layer is thrown away and written from the files. A CRC is enough
 * to see that, as what it guards against is no attacker: that one could write a store's records as
 * well as its blobs. For one thread.
 */
final class LayerContents implements LayerWriter.Contents {
  private final ContentDigests digests;
  private final LayerStore layers;
  private final Watcher watcher;
  private final Map<Digest, Optional<Content>> tars = new HashMap<>();
  private final List<Written> written = new ArrayList<>();
  private final CRC32C sum = new CRC32C();
  private @Nullable LayerPlace earlier; // where the content opened last is read from
  private boolean isDamaged;

  /** Looks at contents that are read from where they come from. */
  interface Watcher {
    /** Returns what gives the same bytes. */
    InputStream watching(Content content, InputStream in);
  }

  /** A content that is in the layer now. */
  private record Written(Content content, long offset, int sum) {}

  /** An earlier layer is not what it was. */
  private static final class DamagedLayerException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedLayerException(Digest layer) {
      super(layer + ": expected the bytes that were written, found others");
    }
  }

  /** Begins a layer. */
  LayerContents(ContentDigests digests, LayerStore layers, Watcher watcher) {
    this.digests = digests;
    this.layers = layers;
    this.watcher = watcher;
  }

  /** Writes changes as a layer of the store, and remembers where the contents stand in it. */
  Layer commit(Changes changes) throws IOException {
    Layer layer;
    try {
      layer = layers.commit(changes, this);
    } catch (DamagedLayerException e) {
      isDamaged = true;
      written.clear();
      layer = layers.commit(changes, this);
    }
    Content tar = layer.tar();
    for (Written each : written) {
      if (each.content instanceof HostContent file) {
        digests.learn(file, new LayerPlace(layer.diffId(), each.offset, each.sum));
      }
      digests.learn(each.content, tar.slice(each.offset, each.content.size()));
    }
    return layer;
  }

  @Override
  public InputStream open(Content content, ContentReader reader) throws IOException {
    earlier = null;
    sum.reset();
    if (!(content instanceof HostContent file)) {
      return watcher.watching(content, reader.open(content));
    }
    LayerPlace place = isDamaged ? null : digests.placeOrNull(file);
    Content there = place == null ? null : contentOrNull(place, file.size());
    if (there != null) {
      earlier = place;
      return new CheckedInputStream(reader.open(there), sum);
    }
    return new CheckedInputStream(watcher.watching(file, file.newInputStream()), sum);
  }

  /** Returns the content at a place; null if the store doesn't have the layer any more. */
  private @Nullable Content contentOrNull(LayerPlace place, long size) throws IOException {
    Optional<Content> tar = tars.get(place.layer());
    if (tar == null) {
      tar = layers.tar(place.layer());
      tars.put(place.layer(), tar);
    }
    return tar.isPresent() && size <= tar.get().size() - place.offset()
        ? tar.get().slice(place.offset(), size)
        : null;
  }

  @Override
  public void written(Content content, long offset) throws IOException {
    int found = (int) sum.getValue();
    if (earlier != null && earlier.sum() != found) {
      throw new DamagedLayerException(earlier.layer());
    }
    written.add(new Written(content, offset, found));
  }
}
