// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good Dockerfiles with some bytes changed, cut, doubled or mixed with those of another. */
class MutationTest {

  private static final int ROUNDS = 1_500;
  private static final byte[] TELLING =
      "\\`\"'$<#=-[]{},:/ \t\n\r\0\f".getBytes(StandardCharsets.US_ASCII);

  private static final List<byte[]> SEEDS = new ArrayList<>();

  @BeforeAll
  static void readSeeds() throws IOException, URISyntaxException {
    Path root = Path.of(MutationTest.class.getResource("/dockerfiles").toURI());
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.sorted().toList()) {
        SEEDS.add(Files.readAllBytes(folder.resolve("Dockerfile")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nothingComesOfItButTheException(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size()));
      for (int times = random.nextInt(4); times >= 0; times--) {
        bytes = mutated(bytes, random);
      }
      try {
        refused += EverythingOnce.with(bytes).isPresent() ? 1 : 0;
      } catch (RuntimeException | Error e) {
        throw new AssertionError(Base64.getEncoder().encodeToString(bytes), e);
      }
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(12));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    switch (random.nextInt(5)) {
      case 0 -> out.write(random.nextInt(256));
      case 1 -> out.write(TELLING[random.nextInt(TELLING.length)]);
      case 2 -> {
        out.write(bytes, from, to - from);
        out.write(bytes, from, to - from);
      }
      case 3 -> {
        byte[] other = SEEDS.get(random.nextInt(SEEDS.size()));
        int start = random.nextInt(other.length + 1);
        out.write(other, start, other.length - start);
      }
      default -> {} // what is between is cut out
    }
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
