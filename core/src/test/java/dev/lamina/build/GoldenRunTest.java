// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.run.NoRunEngineException;
import dev.lamina.run.RunEngines;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Docker made of builds with RUN, made here: each kind of mount and user, and projects as
 * people write them, in Java, Node, Go, Python and more.
 */
class GoldenRunTest {
  private static final Path ROOT = Path.of("src/test/resources/runs");

  /** The programs are this host's, and a sandbox leaves its own files where the image has none. */
  private static final Pattern SANDBOX =
      Pattern.compile(
          "/(bin/.*|dev|proc|sys|dev/(console|pts|shm|mqueue)|etc/(hosts|hostname|resolv.conf)):"
              + " .*",
          Pattern.DOTALL);

  private static LocalStore store;
  private static DockerfileBuilder builder;

  @BeforeAll
  static void buildTheBase() throws Exception {
    assumeTrue(hasEngine(), "needs an engine that can run processes");
    store = LocalStore.inMemory();
    ShellBase.putInto(store);
    builder = new DockerfileBuilder(store, new StoreImages(store));
  }

  private static boolean hasEngine() {
    try {
      return !RunEngines.host().choose().name().isEmpty();
    } catch (NoRunEngineException e) {
      return false;
    }
  }

  @AfterAll
  static void close() throws IOException {
    if (store != null) {
      store.close();
    }
  }

  static List<GoldenCase> cases() throws IOException {
    return GoldenCase.all(ROOT);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isBuiltAsDockerDoes(GoldenCase golden) throws Exception {
    GoldenBuild.check(builder, golden, GoldenRunTest::withoutSandbox);
  }

  private static List<String> withoutSandbox(List<String> lines) {
    return lines.stream().filter(line -> !SANDBOX.matcher(line).matches()).toList();
  }
}
