// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Jib, whose library {@code benchmarks/peers/jib} uses. {@code LAMINA_PEER_JIB} says in which
 * folder its jars are.
 */
final class JibSide {
  static final String NAME = "jib-core";

  private static final Path PROJECT = Path.of("benchmarks/peers/jib");

  private JibSide() {}

  static Contender open(Bench bench, Path folder) throws IOException, InterruptedException {
    String given = System.getenv("LAMINA_PEER_JIB");
    Path jars = given == null ? PROJECT.resolve("target/jars") : Path.of(given);
    if (!Files.isDirectory(jars)) {
      throw new MissingPeerException(
          jars + " isn't there: mvn -f " + PROJECT + " package makes it");
    }
    Path classes = bench.scratch("jib-classes");
    Path java = Path.of(System.getProperty("java.home"), "bin");
    bench.run(
        List.of(
            java.resolve("javac").toString(),
            "-cp",
            jars + "/*",
            "-d",
            classes.toString(),
            PROJECT.resolve("JibImage.java").toString()));
    Path out = bench.scratch("jib");
    Path archive = out.resolve("image.tar");
    return CommandContender.of(
        bench.meter(),
        () -> Folders.renew(out),
        List.of(
            java.resolve("java").toString(),
            "-cp",
            classes + ":" + jars + "/*",
            "JibImage",
            folder.toString(),
            archive.toString(),
            out.resolve("cache").toString()),
        () -> Listing.ofArchive(archive, bench.scratch("listing")));
  }
}
