// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Samples;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Content;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many bytes are digested for what comes into a store: of layers, each once in each form. */
class DigestLawsTest {
  /** What documents and names are allowed beside a layer. */
  private static final long SMALL = 10_000;

  private static final int SIZE = 1_000_000;
  private static final AtomicLong DIGESTED = new AtomicLong();

  private final Provider counting = new Counting();

  /** Counts what the JDK's SHA-256 is given. */
  private static final class Counting extends Provider {
    private static final long serialVersionUID = 1L;

    Counting() {
      super("counting", "1", "counts digested bytes");
      put("MessageDigest.SHA-256", CountingDigest.class.getName());
    }
  }

  /** Made by the JDK. */
  public static final class CountingDigest extends MessageDigestSpi {
    private final MessageDigest digest;

    /** Called by the JDK. */
    public CountingDigest() throws NoSuchAlgorithmException {
      digest = MessageDigest.getInstance("SHA-256", Security.getProvider("SUN"));
    }

    @Override
    protected void engineUpdate(byte input) {
      DIGESTED.incrementAndGet();
      digest.update(input);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
      DIGESTED.addAndGet(length);
      digest.update(input, offset, length);
    }

    @Override
    protected byte[] engineDigest() {
      return digest.digest();
    }

    @Override
    protected void engineReset() {
      digest.reset();
    }
  }

  @BeforeEach
  void count() {
    assertThat(Security.insertProviderAt(counting, 1)).isEqualTo(1);
  }

  @AfterEach
  void countNoMore() {
    Security.removeProvider(counting.getName());
  }

  private static Layer sample(LocalStore store) throws IOException {
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) ((i * 31) >> 7);
    }
    return store.layers().commit(Samples.file("/f", bytes));
  }

  private static long digestedBy(LocalStore store, Content blob, Descriptor descriptor, Layer layer)
      throws IOException {
    long before = DIGESTED.get();
    try (InputStream in = blob.newInputStream()) {
      assertThat(store.layers().ingest(in, descriptor, layer.diffId()).diffId())
          .isEqualTo(layer.diffId());
    }
    return DIGESTED.get() - before;
  }

  @Test
  void plainLayerIsDigestedOnce() throws IOException {
    try (LocalStore source = LocalStore.inMemory();
        LocalStore target = LocalStore.inMemory()) {
      Layer layer = sample(source);
      Content tar = layer.tar();
      Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, layer.diffId(), tar.size());
      assertThat(digestedBy(target, tar, blob, layer)).isBetween(tar.size(), tar.size() + SMALL);
    }
  }

  @Test
  void compressedLayerIsDigestedOnceAsItCameAndOnceAsItIs() throws IOException {
    try (LocalStore source = LocalStore.inMemory();
        LocalStore target = LocalStore.inMemory()) {
      Layer layer = sample(source);
      Descriptor blob = source.layers().blob(layer, CompressionOptions.DEFAULT);
      Content gzip = source.blobs().require(blob.digest());
      long sum = gzip.size() + layer.tar().size();
      assertThat(digestedBy(target, gzip, blob, layer)).isBetween(sum, sum + SMALL);
    }
  }

  @Test
  void layerThatIsMadeIsDigestedOnce() throws IOException {
    try (LocalStore store = LocalStore.inMemory()) {
      long before = DIGESTED.get();
      long size = sample(store).tar().size();
      assertThat(DIGESTED.get() - before).isBetween(size, size + SMALL);
    }
  }
}
