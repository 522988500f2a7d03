// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Samples;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests a transfer takes: each is a round trip, whatever it carries. */
class TransferRequestsTest {
  private final RegistryClient client;
  private MemoryRegistry registry;
  private ImageReference app;

  TransferRequestsTest() throws IOException {
    client = RegistryClient.of(RegistryOptions.DEFAULT);
  }

  @BeforeEach
  void start() throws IOException {
    registry = MemoryRegistry.start();
    app = ImageReference.parse(registry.host() + "/shop/app:1");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  /** Returns an image of three layers; its blobs are those and the configuration. */
  private static Descriptor image(LocalStore store) throws IOException {
    return Samples.put(
            store,
            Platform.host(),
            Samples.file("/1", "1"),
            Samples.file("/2", "2"),
            Samples.file("/3", "3"))
        .manifestDescriptor();
  }

  private Map<String, Long> requests() {
    Map<String, Long> requests =
        registry.requests().stream()
            .collect(
                Collectors.groupingBy(
                    request ->
                        request.method()
                            + (request.uri().getPath().contains("/manifests/")
                                ? " manifest"
                                : " blob"),
                    TreeMap::new,
                    Collectors.counting()));
    registry.requests().clear();
    return requests;
  }

  @Test
  void pushAsksForEachBlobAndSendsItInTwoRequests() throws IOException {
    try (LocalStore store = LocalStore.inMemory()) {
      Descriptor image = image(store);
      ImagePush push = ImagePush.from(store, client);
      Descriptor pushed = push.run(image, app);
      assertThat(requests())
          .isEqualTo(Map.of("HEAD blob", 4L, "POST blob", 4L, "PUT blob", 4L, "PUT manifest", 1L));

      assertThat(push.run(image, app)).isEqualTo(pushed);
      assertThat(requests()).isEqualTo(Map.of("HEAD blob", 4L, "PUT manifest", 1L));
    }
  }

  @Test
  void pullFetchesTheManifestAndEachBlobOnce() throws IOException {
    try (LocalStore source = LocalStore.inMemory();
        LocalStore target = LocalStore.inMemory()) {
      Descriptor unused = ImagePush.from(source, client).run(image(source), app);
      registry.requests().clear();

      ImagePull pull = ImagePull.into(target, client);
      assertThat(pull.everything(app).names()).containsExactly(app);
      assertThat(requests()).isEqualTo(Map.of("GET manifest", 1L, "GET blob", 4L));

      // Of what is there the documents are read again: what the tag stands for may have changed.
      assertThat(pull.everything(app).names()).containsExactly(app);
      assertThat(requests()).isEqualTo(Map.of("GET manifest", 1L, "GET blob", 1L));
    }
  }
}
