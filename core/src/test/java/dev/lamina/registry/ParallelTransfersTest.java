// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Samples;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Layers move at the same time: a registry that waits for the third request gets it. */
class ParallelTransfersTest {
  private static final int AT_ONCE = 3;

  @Test
  void layersAreSentAndFetchedAtTheSameTime() throws Exception {
    RegistryClient client =
        RegistryClient.of(
            RegistryOptions.DEFAULT.withParallelism(AT_ONCE).withAttempts(1, Duration.ofMillis(1)));
    try (MemoryRegistry registry = MemoryRegistry.start();
        LocalStore source = LocalStore.inMemory();
        LocalStore target = LocalStore.inMemory()) {
      ImageReference app = ImageReference.parse(registry.host() + "/shop/app:1");
      Descriptor image =
          Samples.put(
                  source,
                  Platform.host(),
                  Samples.file("/1", "1"),
                  Samples.file("/2", "2"),
                  Samples.file("/3", "3"))
              .manifestDescriptor();

      // The last blob has no others to come with.
      registry.intercept(threeTogether("PUT", 1, AT_ONCE));
      assertThat(ImagePush.from(source, client).run(image, app).digest()).isNotNull();

      // The configuration comes first: what the layers are stands in it.
      registry.intercept(threeTogether("GET", 2, AT_ONCE + 1));
      assertThat(ImagePull.into(target, client).everything(app).names()).containsExactly(app);
    }
  }

  /** Lets some of the requests for blobs through only when the others of them are there too. */
  private static MemoryRegistry.Interceptor threeTogether(String method, int first, int last) {
    CyclicBarrier barrier = new CyclicBarrier(AT_ONCE);
    AtomicInteger seen = new AtomicInteger();
    return exchange -> {
      if (exchange.getRequestMethod().equals(method)
          && exchange.getRequestURI().getPath().contains("/blobs/")) {
        int number = seen.incrementAndGet();
        if (number >= first && number <= last) {
          await(barrier);
        }
      }
      return false;
    };
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      int unused = barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException("the others didn't come", e);
    }
  }
}
