// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.store.StoredImage;
import java.util.List;
import java.util.function.UnaryOperator;

/** Builds a case and compares it with what Docker made of it. */
final class GoldenBuild {
  private GoldenBuild() {}

  /** Fails unless the images have the same lines, or both builds fail at the same one. */
  static void check(
      DockerfileBuilder builder, GoldenCase golden, UnaryOperator<List<String>> compared)
      throws Exception {
    JsonObject expected = golden.expected();
    if (expected.has("error")) {
      assertFails(builder, golden, expected.getAsJsonObject("error"));
    } else {
      StoredImage image = builder.build(golden.request());
      assertThat(compared.apply(ImageListing.of(image)))
          .isEqualTo(compared.apply(ImageListing.of(expected)));
    }
  }

  private static void assertFails(DockerfileBuilder builder, GoldenCase golden, JsonObject error)
      throws Exception {
    int line = error.has("line") ? error.get("line").getAsInt() : 0;
    int endLine = error.has("endLine") ? error.get("endLine").getAsInt() : line;
    String message = error.get("message").getAsString();
    int found;
    try {
      StoredImage image = builder.build(golden.request());
      throw new AssertionError("an image " + image.id() + " instead of: " + message);
    } catch (BuildException e) {
      found = e.line();
    } catch (DockerfileSyntaxException e) {
      found = e.line();
    }
    if (line > 0) {
      assertThat(found).as(message).isBetween(line, endLine);
    }
  }
}
