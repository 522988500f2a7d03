// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import static dev.lamina.testing.ImageAssert.assertThat;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an annotation can't say: a builder, here one upon an image made for the test. */
class BuildingExtensionTest {
  @RegisterExtension
  static final LaminaExtension LAMINA = LaminaExtension.building(BuildingExtensionTest::shop);

  private static ImageBuilder shop(ImageStore store) throws IOException, InterruptedException {
    var unused = ImageBuilder.from("scratch").user("8").tag("base:1").store(store).build();
    return ImageBuilder.from("base:1").env("A", "b");
  }

  @Test
  void theFunctionsBuilderIsBuiltInTheTestsStore(Image image) {
    assertThat(image).config().hasUser("8").hasEnv("A", "b");
  }
}
