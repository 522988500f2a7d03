// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.archive.RootfsTar;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/stores.md shows. */
class StoresTest {
  @TempDir Path folder;

  @Test
  void imagesGoInAndOut() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("images"))) {
      Image shop =
          ImageBuilder.fromDockerfile(Path.of("shop/Dockerfile"))
              .store(store)
              .tag("shop/app:1.4")
              .build();

      shop.writeTo(DockerArchive.at(folder.resolve("app.tar"))); // docker load -i app.tar
      shop.writeTo(OciLayout.at(folder.resolve("layout")));
      shop.writeTo(RootfsTar.folder(folder.resolve("rootfs")));

      try (ImageStore other = ImageStore.inMemory()) {
        Image loaded = other.load(folder.resolve("app.tar")).get(0);
        assertThat(loaded.id()).isEqualTo(shop.id());
      }
      assertThat(Files.exists(folder.resolve("rootfs/srv/shop/site/index.html"))).isTrue();
    }
  }

  @Test
  void namesAreGivenAndTaken() throws Exception {
    try (ImageStore store = ImageStore.inMemory()) {
      Image first = ImageBuilder.from("scratch").user("7").store(store).tag("shop/app:1").build();
      first.tag("shop/app:latest");
      store.images().forEach(System.out::println);
      store.remove("shop/app:1");
      store.prune();

      assertThat(store.find("shop/app:1")).isEmpty();
      assertThat(store.find("shop/app")).isPresent();
      assertThat(store.check().isSound()).isTrue();
    }
  }
}
