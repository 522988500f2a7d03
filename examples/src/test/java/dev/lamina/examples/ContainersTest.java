// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.Commit;
import dev.lamina.Container;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/containers.md shows. */
class ContainersTest {
  @TempDir Path folder;

  @Test
  void filesGoInAndOut() throws Exception {
    Path site = Files.createDirectories(folder.resolve("site"));
    Files.writeString(site.resolve("index.html"), "<p>May</p>");
    try (ImageStore store = ImageStore.inMemory();
        Container box =
            ImageBuilder.from("scratch").workdir("/srv").store(store).build().newContainer()) {
      box.copyIn(site, "/srv"); // /srv/site
      box.copyIn(site.resolve("."), "/srv/www"); // what is in site becomes /srv/www
      box.copyOut("/srv/www/.", folder.resolve("copy"));
      try (OutputStream tar = Files.newOutputStream(folder.resolve("root.tar"))) {
        box.export(tar);
      }
      Image web =
          box.commit(
              Commit.as("shop/web:1")
                  .author("The shop")
                  .message("the site of May")
                  .changes("CMD [\"httpd\", \"-f\"]", "ENV DOCROOT=/srv/www", "EXPOSE 80"));

      assertThat(folder.resolve("copy/index.html")).hasContent("<p>May</p>");
      assertThat(web.config().config().exposedPorts()).containsExactly("80/tcp");
      assertThat(Files.size(folder.resolve("root.tar"))).isPositive();
    }
  }

  @Test
  void containersStay() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      Image shop = ImageBuilder.from("scratch").workdir("/etc").store(store).build();
      try (Container web = store.containers().create(shop, "web")) {
        Files.writeString(web.path("/etc/motd"), "hello\n");
      }
      store.containers().list().forEach(System.out::println);
      try (Container web = store.containers().open("web")) { // in this JVM or another
        web.diff().forEach(System.out::println); // C /etc, A /etc/motd
      }
      store.containers().remove("web");

      assertThat(store.containers().list()).isEmpty();
    }
  }
}
