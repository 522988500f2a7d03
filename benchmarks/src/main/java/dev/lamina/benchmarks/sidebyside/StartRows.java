// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;

/** The row of what a JVM costs that is started for one tiny image. */
final class StartRows {
  private static final String BARE = "JVM that hashes and deflates 1 MB";

  private StartRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "startup",
            "A new JVM builds an image of one small file in memory, from nothing; beside it JVMs"
                + " that do less and programs that do the same.",
            List.of(Target.wall(BARE, 1 / 1.3)),
            StartRows::sides));
  }

  private static List<Side> sides(Bench bench) throws IOException {
    String context = bench.workloads().tiny().toString();
    Builders builders = Builders.of(bench, "startup", bench.workloads().tiny()).fromNothing();
    return List.of(
        new Side(
            Jvm.NEW.side(),
            () -> command(bench, bench.lamina().task("build", "--context", context))),
        new Side(
            "the same without the archive of classes",
            () -> command(bench, Lamina.plain("build", "--context", context))),
        new Side("JVM that does nothing", () -> command(bench, Lamina.bare("nothing"))),
        new Side(BARE, () -> command(bench, Lamina.bare("work"))),
        new Side(Builders.DOCKER, () -> new DockerBuild(builders).open()),
        new Side(Builders.BUILDAH, () -> new BuildahBuild(builders).open()));
  }

  /** The image is in memory and gone with the JVM: rows with a store check what it is. */
  private static Contender command(Bench bench, List<String> command) {
    return CommandContender.of(bench.meter(), Contender.NOTHING, command, () -> "");
  }
}
