// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Docker made of each case, made here. */
class GoldenBuildTest {
  private static LocalStore store;
  private static DockerfileBuilder builder;

  @BeforeAll
  static void buildTheBase() throws Exception {
    store = LocalStore.inMemory();
    builder = new DockerfileBuilder(store, new StoreImages(store));
    GoldenCase base = new GoldenCase(GoldenCase.ROOT.resolve("base"));
    StoredImage image = builder.build(base.request().withName(ImageReference.parse("golden:base")));
    assertThat(image.layers()).hasSize(1);
  }

  @AfterAll
  static void close() throws IOException {
    store.close();
  }

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isBuiltAsDockerDoes(GoldenCase golden) throws Exception {
    JsonObject expected = golden.expected();
    if (expected.has("error")) {
      assertFails(golden, expected.getAsJsonObject("error"));
    } else {
      StoredImage image = builder.build(golden.request());
      assertThat(ImageListing.of(image)).isEqualTo(ImageListing.of(expected));
    }
  }

  private static void assertFails(GoldenCase golden, JsonObject error) throws Exception {
    int line = error.has("line") ? error.get("line").getAsInt() : 0;
    int endLine = error.has("endLine") ? error.get("endLine").getAsInt() : line;
    String message = error.get("message").getAsString();
    try {
      StoredImage image = builder.build(golden.request());
      assertThat(image).as("an image instead of: " + message).isNull();
    } catch (BuildException e) {
      if (line > 0) {
        assertThat(e.line()).as(message + " / " + e.getMessage()).isBetween(line, endLine);
      }
    } catch (DockerfileSyntaxException e) {
      if (line > 0) {
        assertThat(e.line()).as(message + " / " + e.getMessage()).isBetween(line, endLine);
      }
    }
  }
}
