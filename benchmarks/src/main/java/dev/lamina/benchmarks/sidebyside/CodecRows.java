// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Rows that compress one file to gzip on one thread. {@code benchmarks/peers/gzip} is a program
 * around klauspost's encoder, which the usual container tools have; {@code
 * LAMINA_PEER_KLAUSPOST_GZIP} says where it is.
 */
final class CodecRows {
  private static final String FAST = "Lamina, fast level";
  private static final String ZLIB = "JDK's Deflater -1";
  private static final String IGZIP = "igzip -1";

  private static final List<Target> TARGETS =
      List.of(Target.cpu(ZLIB, 4), Target.size(ZLIB, 1 / 1.02), Target.cpu(IGZIP, 0.8));

  private CodecRows() {}

  /** Finds the file that is compressed. */
  private interface Corpus {
    Path file(Bench bench) throws IOException, InterruptedException;
  }

  static List<Row> all() {
    return List.of(
        row(
            "codec-tar",
            "The first 64 MB of the tar of the 18,700 files, to gzip on one thread; Lamina and the"
                + " JDK in a running JVM.",
            bench -> bench.corpora().tar()),
        row(
            "codec-libraries",
            "64 MB of this machine's shared libraries in the same way.",
            bench -> bench.corpora().libraries()));
  }

  private static Row row(String name, String question, Corpus corpus) {
    return new Row(name, question, TARGETS, bench -> sides(bench, corpus.file(bench)));
  }

  private static List<Side> sides(Bench bench, Path file) {
    List<Side> sides = new ArrayList<>();
    sides.add(inJvm(bench, FAST, file, "gzip-fast"));
    sides.add(inJvm(bench, "Lamina, default level", file, "gzip"));
    sides.add(inJvm(bench, ZLIB, file, "jdk-1"));
    sides.add(inJvm(bench, "JDK's Deflater -6", file, "jdk-6"));
    sides.add(shell(bench, IGZIP, "igzip", file, "-1 -c"));
    sides.add(shell(bench, "pigz -1", "pigz", file, "-p 1 -1 -c"));
    sides.add(shell(bench, "pigz -6", "pigz", file, "-p 1 -6 -c"));
    sides.add(shell(bench, "libdeflate -1", "libdeflate-gzip", file, "-1 -c"));
    sides.add(shell(bench, "libdeflate -6", "libdeflate-gzip", file, "-6 -c"));
    sides.add(klauspost(bench, file, "1"));
    sides.add(klauspost(bench, file, "6"));
    return sides;
  }

  private static Side inJvm(Bench bench, String name, Path file, String format) {
    Path out = bench.scratch(format + ".gz");
    List<String> words = List.of("compress", file.toString(), out.toString(), format);
    return new Side(
        name, () -> Jvm.RUNNING.contender(bench, Contender.NOTHING, words, answer(out)));
  }

  private static Side shell(Bench bench, String name, String program, Path file, String options) {
    Path out = bench.scratch(name.replace(' ', '-') + ".gz");
    return new Side(
        name,
        () -> {
          Program peer = bench.peers().require(program);
          List<String> command = new ArrayList<>(List.of("sh", "-c"));
          command.add(
              String.join(" ", peer.prefix())
                  + " "
                  + options
                  + " "
                  + peer.path(file)
                  + " > "
                  + out);
          return CommandContender.of(bench.meter(), Contender.NOTHING, command, answer(out));
        });
  }

  private static Side klauspost(Bench bench, Path file, String level) {
    Path out = bench.scratch("klauspost-" + level + ".gz");
    return new Side(
        "klauspost -" + level,
        () -> {
          Program peer = bench.peers().require("klauspost-gzip");
          List<String> command = peer.command(level, peer.path(file), peer.path(out));
          return CommandContender.of(bench.meter(), Contender.NOTHING, command, answer(out));
        });
  }

  /** What is in it must be the same; how large it is counts. */
  private static Contender.Answer answer(Path out) {
    Contender.Answer contents =
        () -> {
          try (InputStream in = new GZIPInputStream(Files.newInputStream(out), 1 << 16)) {
            return Listing.sum(in::transferTo);
          }
        };
    return contents.sizedBy(out);
  }
}
