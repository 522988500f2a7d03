// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.Lease;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small images for tests. */
public final class Samples {
  /** The time of everything in them. */
  public static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private Samples() {}

  /** Returns one file, as a layer. */
  public static Changes file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns one file, as a layer. */
  public static Changes file(String path, byte[] content) {
    Node file = Node.file(Metadata.of(0644, TIME), Content.of(content));
    return Changes.builder().put(TreePath.of(path), file).build();
  }

  /** Returns bytes that don't compress, the same for the same seed. */
  public static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Puts an image of these layers into a store, without a name. */
  @CanIgnoreReturnValue
  public static StoredImage put(LocalStore store, Platform platform, Changes... layers)
      throws IOException {
    Lease lease = store.lease();
    try {
      ImageConfig config =
          ImageConfig.of(platform)
              .withCreated(TIME)
              .withConfig(ContainerConfig.EMPTY.withCmd(List.of("/run")).withEnv("A", "1"));
      List<Layer> all = new ArrayList<>();
      for (Changes changes : layers) {
        Layer layer = store.layers().commit(changes);
        all.add(layer);
        String step = "COPY layer" + all.size() + " / # buildkit";
        HistoryEntry entry = HistoryEntry.layer(TIME, step, "buildkit.dockerfile.v0");
        config = config.withLayer(layer.diffId(), entry);
      }
      return store.put(config, all);
    } finally {
      lease.close();
    }
  }

  /** Puts an image of these layers into a store, for this host, under a name. */
  @CanIgnoreReturnValue
  public static StoredImage named(LocalStore store, String name, Changes... layers)
      throws IOException {
    Lease lease = store.lease();
    try {
      StoredImage image = put(store, Platform.host(), layers);
      store.names().tag(ImageReference.parse(name), image.manifestDescriptor());
      return image;
    } finally {
      lease.close();
    }
  }
}
