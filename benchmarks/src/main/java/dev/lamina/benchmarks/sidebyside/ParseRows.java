// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the parser. {@code benchmarks/peers/parser} is a program around BuildKit's, to be
 * built in a checkout of it; {@code LAMINA_PEER_BUILDKIT_PARSER} says where it is.
 */
final class ParseRows {
  private static final String BUILDKIT = "BuildKit's parser";

  private ParseRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "parse",
            "40 Dockerfiles of the usual size to typed instructions, 200 times.",
            List.of(Target.cpu(BUILDKIT, 20)),
            bench -> sides(bench, bench.workloads().dockerfiles(), "200")),
        new Row(
            "parse-large",
            "A Dockerfile of 5 MB to typed instructions, twice.",
            List.of(Target.cpu(BUILDKIT, 20)),
            bench -> sides(bench, bench.workloads().largeDockerfile(), "2")));
  }

  private static List<Side> sides(Bench bench, Path folder, String times) {
    List<Side> sides = new ArrayList<>(Counting.lamina(bench, "parse", folder, times));
    sides.add(new Side(BUILDKIT, () -> buildkit(bench, folder, times)));
    return sides;
  }

  private static Contender buildkit(Bench bench, Path folder, String times) throws IOException {
    Program parser = bench.peers().require("buildkit-parser");
    return Counting.peer(bench, parser.command(parser.path(folder), times));
  }
}
