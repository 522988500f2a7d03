// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Jib, whose library {@code benchmarks/peers/jib} uses. {@code LAMINA_PEER_JIB} says in which
 * folder its jars are.
 */
final class JibSide {
  static final String NAME = "jib-core";

  private static final Path PROJECT = Path.of("benchmarks/peers/jib");

  private JibSide() {}

  /** A folder to an image in an archive. */
  static Contender image(Bench bench, Path folder) throws IOException, InterruptedException {
    Path out = bench.scratch("jib");
    Path archive = out.resolve("image.tar");
    return CommandContender.of(
        bench.meter(),
        () -> Folders.renew(out),
        command(bench, "JibImage", folder.toString(), archive.toString(), cache(out)),
        bench.imageIn(archive).sizedBy(archive));
  }

  /** An archive to an empty registry, layers compressed on the way. */
  static Contender push(Bench bench, Path archive) throws IOException, InterruptedException {
    Path out = bench.scratch("jib");
    RegistryProcess registry = RegistryProcess.start(bench, "jib-registry");
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> {
          Folders.renew(out);
          registry.renew();
        },
        List.of(command(bench, "JibCopy", archive.toString(), registry.url(), cache(out))),
        registry.answer(bench),
        registry::stop);
  }

  /** From a registry to an archive, layers as they come; Jib can't stop before the archive. */
  static Contender pull(Bench bench, Path archive) throws IOException, InterruptedException {
    Path out = bench.scratch("jib");
    Path pulled = out.resolve("image.tar");
    RegistryProcess registry = Stored.filled(bench, "jib-registry", archive);
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Folders.renew(out),
        List.of(command(bench, "JibCopy", registry.url(), pulled.toString(), cache(out))),
        bench.imageIn(pulled),
        registry::stop);
  }

  private static String cache(Path out) {
    return out.resolve("cache").toString();
  }

  /** Returns the command of a program of the project, which is compiled for that. */
  private static List<String> command(Bench bench, String main, String... arguments)
      throws IOException, InterruptedException {
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
            PROJECT.resolve(main + ".java").toString()));
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(java.resolve("java").toString(), "-cp", classes + ":" + jars + "/*", main));
    command.addAll(List.of(arguments));
    return command;
  }
}
