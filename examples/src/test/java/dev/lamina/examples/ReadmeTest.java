// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Container;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What README shows first. */
class ReadmeTest {
  @Test
  void anImageAndAContainer() throws Exception {
    try (ImageStore store = ImageStore.inMemory()) {
      Image image =
          ImageBuilder.fromDockerfile(Path.of("shop/Dockerfile"))
              .store(store)
              .tag("shop:1.0")
              .build();

      try (Container box = image.newContainer()) {
        Files.writeString(box.path("/srv/shop/motd"), "closed on Sundays\n");
        box.diff().forEach(System.out::println); // C /srv, C /srv/shop, A /srv/shop/motd
        box.commit("shop:sunday");
      }

      try (var files = store.image("shop:sunday").fileSystem()) {
        assertThat(files.getPath("/srv/shop/motd")).hasContent("closed on Sundays\n");
      }
    }
  }
}
