// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Rows that build a Dockerfile without {@code RUN}. */
final class BuildRows {
  private static final String FIND = "find -printf";

  private BuildRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "noop-rebuild",
            "A context of 18,700 files (270 MB) that was built before and hasn't changed.",
            List.of(Target.cpu(Builders.DOCKER, 10), Target.cpu(Builders.BUILDAH, 100)),
            bench -> Builders.of(bench, "noop-rebuild", bench.workloads().small()).all()),
        new Row(
            "noop-tiny",
            "A context of one small file that was built before and hasn't changed.",
            List.of(Target.wall(Builders.DOCKER, 200), Target.atMost(Jvm.RUNNING.side(), 0.003)),
            bench -> Builders.of(bench, "noop-tiny", bench.workloads().tiny()).all()),
        new Row(
            "copy-tree",
            "`FROM scratch`, `COPY` of 18,700 files (270 MB), without any cache.",
            List.of(Target.cpu(Builders.DOCKER, 10), Target.cpu(Builders.BUILDAH, 10)),
            bench ->
                Builders.of(bench, "copy-tree", bench.workloads().small()).fromNothing().all()),
        new Row(
            "rebuild-1-file",
            "The same, built before, with one small file of the 18,700 changed since.",
            List.of(Target.cpu(Builders.DOCKER, 10), Target.cpu(Builders.BUILDAH, 10)),
            BuildRows::changedFile),
        new Row(
            "scan-100k",
            "A context of 100,000 files, half of them ignored by a `.dockerignore` of 16 patterns,"
                + " that was built before and hasn't changed.",
            List.of(Target.cpu(Builders.DOCKER, 10), Target.cpu(FIND, 1)),
            BuildRows::scan),
        new Row(
            "e2e-stages",
            "A project of three stages without `RUN`, 4,300 files (90 MB) copied and more ignored,"
                + " to a Docker archive, without any cache.",
            List.of(Target.cpu(Builders.DOCKER, 10), Target.cpu(Builders.BUILDAH, 10)),
            bench ->
                Builders.of(bench, "e2e-stages", bench.workloads().project())
                    .fromNothing()
                    .toArchive()
                    .all()));
  }

  /** Find prunes what the patterns ignore, reads the attributes of the rest and makes nothing. */
  private static List<Side> scan(Bench bench) throws IOException {
    Path context = bench.workloads().manyFiles();
    Path list = bench.scratch("find-list");
    List<String> find =
        List.of(
            "find",
            context.toString(),
            "-type",
            "d",
            "-path",
            context + "/tree/d*[13579]",
            "-prune",
            "-o",
            "-fprintf",
            list.toString(),
            "%i %s %m %U %G %T@ %C@ %p\\n");
    List<Side> builders = Builders.of(bench, "scan-100k", context).all();
    return List.of(
        builders.get(0),
        builders.get(1),
        builders.get(2),
        new Side(
            FIND,
            () ->
                CommandContender.of(
                    bench.meter(), Contender.NOTHING, find, () -> requireAll(list))));
  }

  /** What find lists is no image to be compared, but must be as much as the builders look at. */
  private static String requireAll(Path list) throws IOException {
    int found = Files.readAllLines(list).size();
    if (found != Workloads.ENTRIES_NOT_IGNORED) {
      throw new IOException(
          "find: expected " + Workloads.ENTRIES_NOT_IGNORED + " entries, found " + found);
    }
    return "";
  }

  private static List<Side> changedFile(Bench bench) throws IOException {
    Path context = bench.workloads().small();
    Path file = context.resolve("tree").resolve(Listing.CHANGING);
    return Builders.of(bench, "rebuild-1-file", context).before(() -> Workloads.change(file)).all();
  }
}
