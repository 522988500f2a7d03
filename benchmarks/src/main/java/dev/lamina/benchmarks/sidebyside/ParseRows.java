// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The row of the parser. {@code benchmarks/peers/parser} is a program around BuildKit's, to be
 * built in a checkout of it; {@code LAMINA_PEER_BUILDKIT_PARSER} says where it is.
 */
final class ParseRows {
  private static final String BUILDKIT = "BuildKit's parser";
  private static final String TIMES = "200";

  private ParseRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "parse",
            "40 Dockerfiles of the usual size to typed instructions, " + TIMES + " times.",
            List.of(Target.cpu(BUILDKIT, 20)),
            ParseRows::sides));
  }

  private static List<Side> sides(Bench bench) throws IOException {
    Path folder = bench.workloads().dockerfiles();
    Path warm = bench.scratch("warm-count");
    Path cold = bench.scratch("cold-count");
    return List.of(
        new Side(
            Builders.WARM,
            () ->
                WarmContender.start(
                    bench.lamina(),
                    () -> {},
                    List.of("parse", folder.toString(), TIMES, warm.toString()),
                    () -> Files.readString(warm))),
        new Side(
            Builders.COLD,
            () ->
                CommandContender.of(
                    bench.meter(),
                    () -> {},
                    bench.lamina().task("parse", folder.toString(), TIMES, cold.toString()),
                    () -> Files.readString(cold))),
        new Side(BUILDKIT, () -> buildkit(bench, folder)));
  }

  private static Contender buildkit(Bench bench, Path folder) throws IOException {
    Program parser = bench.peers().require("buildkit-parser");
    List<String> command = parser.command(parser.path(folder), TIMES);
    return CommandContender.of(
        bench.meter(),
        () -> {},
        command,
        () -> {
          bench.run(command);
          return bench.meter().output();
        });
  }
}
