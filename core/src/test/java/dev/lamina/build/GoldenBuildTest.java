// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;

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
    GoldenBuild.check(builder, golden, lines -> lines);
  }
}
