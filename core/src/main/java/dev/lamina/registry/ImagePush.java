// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.archive.Origins;
import dev.lamina.archive.OutgoingImages;
import dev.lamina.archive.OutgoingImages.Outgoing;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.event.TransferEvent;
import dev.lamina.event.TransferListener;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.MediaTypes;
import dev.lamina.store.Lease;
import dev.lamina.store.LocalStore;
import dev.lamina.task.Parallel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings images from a store to registries: several blobs at once, those that are there already not
 * at all, those that another repository of the registry has from there; the manifests last.
 *
 * <pre>{@code
 * ImagePush push = ImagePush.from(store, RegistryClient.of(RegistryOptions.DEFAULT));
 * Descriptor pushed = push.run(image, ImageReference.parse("registry:5000/shop/app:1.4"));
 * }</pre>
 *
 * <p>What came from outside is pushed as it came. Layers made here are compressed first, once, and
 * that is remembered. Layers that must not be distributed are left out. Thread-safe.
 */
public final class ImagePush {
  private final LocalStore store;
  private final RegistryClient client;
  private final CompressionOptions compression;

  private final TransferListener listener;

  private ImagePush(
      LocalStore store,
      RegistryClient client,
      CompressionOptions compression,
      TransferListener listener) {
    this.store = store;
    this.client = client;
    this.compression = compression;
    this.listener = listener;
  }

  /** Returns what pushes from a store. */
  public static ImagePush from(LocalStore store, RegistryClient client) {
    return new ImagePush(store, client, CompressionOptions.DEFAULT, TransferListener.none());
  }

  /** Returns this with layers made here compressed in another way. */
  public ImagePush withCompression(CompressionOptions options) {
    return new ImagePush(store, client, options, listener);
  }

  /** Returns this with somebody who hears what moves, in place of whoever heard it before. */
  public ImagePush withListener(TransferListener newListener) {
    return new ImagePush(store, client, compression, newListener);
  }

  /**
   * Pushes an image, or an index with all that is below it.
   *
   * @param image a manifest's or an index's descriptor in the store
   * @param target where to; under its tag, and with a digest under that alone
   * @return what it is there
   */
  public Descriptor run(Descriptor image, ImageReference target) throws IOException {
    Lease lease = store.lease();
    try {
      Outgoing outgoing = OutgoingImages.of(store, compression).resolve(image);
      Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
      collectBlobs(outgoing, blobs);
      Progress progress = new Progress(listener);
      List<Parallel.Task> tasks = new ArrayList<>();
      for (Descriptor blob : blobs.values()) {
        tasks.add(() -> putBlob(blob, target, progress.of(blob)));
      }
      Parallel.run(tasks, client.options().parallelism());
      putManifests(outgoing, target, true);
      return outgoing.descriptor();
    } finally {
      lease.close();
    }
  }

  private static void collectBlobs(Outgoing outgoing, Map<Digest, Descriptor> into) {
    outgoing.manifests().forEach(child -> collectBlobs(child, into));
    if (!(outgoing.document() instanceof ImageIndex)) {
      for (Descriptor blob : outgoing.blobs()) {
        if (!MediaTypes.isForeignLayer(blob.mediaType())) {
          into.putIfAbsent(blob.digest(), blob);
        }
      }
    }
  }

  private void putBlob(Descriptor blob, ImageReference target, Progress.Of progress)
      throws IOException {
    Origins origins = Origins.of(store);
    List<ImageReference> from = new ArrayList<>();
    for (String repository : origins.repositories(blob.digest())) {
      from.add(ImageReference.parseName(repository));
    }
    Content content = store.blobs().require(blob.digest());
    switch (client.upload(target, blob, content, from, progress)) {
      case PRESENT -> progress.present(TransferEvent.Kind.PRESENT);
      case MOUNTED -> progress.present(TransferEvent.Kind.MOUNTED);
      case SENT -> progress.done();
    }
    origins.add(blob.digest(), Optional.of(target.name()));
  }

  /** Puts what is named before what names it: the root last, under the tag. */
  private void putManifests(Outgoing outgoing, ImageReference target, boolean root)
      throws IOException {
    for (Outgoing child : outgoing.manifests()) {
      putManifests(child, target, false);
    }
    if (outgoing.document() instanceof ImageIndex) {
      for (Descriptor other : outgoing.blobs()) {
        byte[] raw = store.blobs().read(other);
        client.putManifest(target.withDigest(other.digest()), other, raw);
      }
    }
    Digest digest = outgoing.descriptor().digest();
    ImageReference name = root && target.digest().isEmpty() ? target : target.withDigest(digest);
    client.putManifest(name, outgoing.descriptor(), outgoing.document().raw());
    Origins.of(store).add(digest, Optional.of(target.name()));
  }
}
