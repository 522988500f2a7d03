// SPDX-License-Identifier: Apache-2.0
package dev.lamina.examples;

import static dev.lamina.testing.ImageAssert.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.testing.BuiltFrom;
import dev.lamina.testing.LaminaExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LaminaExtension.class)
@BuiltFrom("shop/Dockerfile")
class ShopImageTest {

  @Test
  void servesItsPages(Image image) {
    assertThat(image)
        .file("/srv/shop/site/index.html")
        .isFile()
        .hasMode("0644")
        .contains("<title>")
        .file("/srv/shop/site/stock.notes")
        .doesNotExist()
        .and()
        .config()
        .doesNotRunAsRoot()
        .exposes("8080");
  }

  @Test
  void holdsNothingItShouldNot(Image image) {
    assertThat(image)
        .hasNoSetuidFiles()
        .hasNoWorldWritableFilesBut()
        .hasNoFileLargerThan(10_000_000)
        .hasNoSecrets()
        .wastesAtMost(0)
        .lastLayer()
        .touchesNothingOutside("/srv/shop/site");
  }

  @Test
  void isAsItWasApproved(Image image) throws Exception {
    assumeTrue(isCheckedOutWithUsualModes(), "the listing has the modes of a umask of 022");
    assertThat(image).matches(Path.of("src/test/resources/shop.listing"));
  }

  @Test
  void isReproducible(ImageStore store) throws Exception {
    ImageBuilder shop = ImageBuilder.fromDockerfile(Path.of("shop/Dockerfile")).store(store);

    assertThat(shop.reproducible()).isReproducible();
    assertThat(shop.sourceDate(Instant.parse("2026-01-01T00:00:00Z"))).isReproducible();
  }

  private static boolean isCheckedOutWithUsualModes() throws IOException {
    Path file = Path.of("shop/etc/shop.conf");
    return Files.getFileStore(file).supportsFileAttributeView("posix")
        && PosixFilePermissions.toString(Files.getPosixFilePermissions(file)).equals("rw-r--r--");
  }
}
