// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows that change one file of a large image, and commit it or ask what changed. */
final class CommitRows {
  private static final String DOCKER = "docker create, cp, commit";
  private static final String DOCKER_DIFF = "docker create, cp, diff";
  private static final String UMOCI = "umoci repack";
  private static final String BUILDAH = "buildah from, copy, commit";
  private static final String IMAGE = "bench/commit:1";
  private static final String CHANGED = "/usr/" + Listing.CHANGING;
  private static final String CONTAINER = "side-by-side";

  private CommitRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "commit-1-file",
            "A container of an image of 18,700 files (270 MB), one file changed in it, committed.",
            List.of(Target.cpu(DOCKER, 25), Target.cpu(UMOCI, 25)),
            CommitRows::sides),
        new Row(
            "diff-1-file",
            "Such a container, one file changed in it, and the list of what changed.",
            List.of(Target.cpu(DOCKER_DIFF, 1_000)),
            CommitRows::diffing));
  }

  private static List<Side> diffing(Bench bench) throws IOException, InterruptedException {
    Path archive = bench.images().small();
    List<Side> sides = new ArrayList<>(Jvm.sides(jvm -> laminaDiff(bench, archive, jvm)));
    sides.add(new Side(DOCKER_DIFF, () -> dockerDiff(bench, archive)));
    return sides;
  }

  private static Contender laminaDiff(Bench bench, Path archive, Jvm jvm)
      throws IOException, InterruptedException {
    Path store = bench.scratch(jvm.scratch("store"));
    Path file = bench.scratch(jvm.scratch("file"));
    Path list = bench.scratch(jvm.scratch("list"));
    bench.load(store, archive);
    return jvm.contender(
        bench,
        () -> Workloads.change(file),
        List.of("diff", store.toString(), file.toString(), CHANGED, list.toString()),
        () -> Files.readString(list).strip());
  }

  private static Contender dockerDiff(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program docker = bench.peers().require("docker");
    List<String> diff = docker.command("diff", CONTAINER);
    return docker(bench, archive, diff, () -> bench.ask(diff), List.of(Images.NAME));
  }

  /** A container with the file changed, and a command that keeps or tells what changed. */
  private static Contender docker(
      Bench bench, Path archive, List<String> command, Contender.Answer answer, List<String> images)
      throws IOException, InterruptedException {
    Program docker = bench.peers().require("docker");
    Path file = bench.scratch("docker-file");
    bench.run(docker.command("load", "-i", docker.path(archive)));
    return new CommandContender(
        bench.meter(),
        docker.daemons(),
        () -> {
          bench.run(docker.command("rm", "-f", CONTAINER));
          Workloads.change(file);
        },
        List.of(
            docker.command("create", "--name", CONTAINER, Images.NAME, "sh"),
            docker.command("cp", docker.path(file), CONTAINER + ":" + CHANGED),
            command),
        answer,
        () -> {
          bench.run(docker.command("rm", "-f", CONTAINER));
          for (String image : images) {
            bench.run(docker.command("image", "rm", "-f", image));
          }
        });
  }

  private static List<Side> sides(Bench bench) throws IOException, InterruptedException {
    Path archive = bench.images().small();
    List<Side> sides = new ArrayList<>(Jvm.sides(jvm -> lamina(bench, archive, jvm)));
    sides.add(new Side(DOCKER, () -> dockerCommit(bench, archive)));
    sides.add(new Side(UMOCI, () -> umoci(bench, archive)));
    sides.add(new Side(BUILDAH, () -> buildah(bench, archive)));
    return sides;
  }

  private static Contender lamina(Bench bench, Path archive, Jvm jvm)
      throws IOException, InterruptedException {
    Path store = bench.scratch(jvm.scratch("store"));
    Path file = bench.scratch(jvm.scratch("file"));
    bench.load(store, archive);
    return jvm.contender(
        bench,
        () -> Workloads.change(file),
        List.of("commit", store.toString(), file.toString(), CHANGED),
        () -> Listing.ofStore(store, IMAGE));
  }

  private static Contender dockerCommit(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program docker = bench.peers().require("docker");
    Path tar = bench.scratch("docker.tar");
    return docker(
        bench,
        archive,
        docker.command("commit", CONTAINER, IMAGE),
        () -> {
          bench.run(docker.command("save", "-o", docker.path(tar), IMAGE));
          return bench.imageIn(tar).get();
        },
        List.of(IMAGE, Images.NAME));
  }

  private static Contender umoci(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program umoci = bench.peers().require("umoci");
    Path layout = bench.scratch("umoci-layout");
    Path bundle = bench.scratch("umoci-bundle");
    bench.run(
        bench
            .lamina()
            .task(
                "layout",
                archive.toString(),
                layout.toString(),
                bench.scratch("umoci-store").toString()));
    String base = umoci.path(layout) + ":1";
    bench.run(umoci.command("unpack", "--image", base, umoci.path(bundle)));
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Workloads.change(bundle.resolve("rootfs/usr").resolve(Listing.CHANGING)),
        List.of(
            umoci.command("repack", "--image", umoci.path(layout) + ":new", umoci.path(bundle))),
        () -> {
          bench.run(umoci.command("rm", "--image", base));
          return bench.imageIn(layout).get();
        },
        Contender.NOTHING);
  }

  private static Contender buildah(Bench bench, Path archive)
      throws IOException, InterruptedException {
    Program buildah = bench.peers().require("buildah");
    Path file = bench.scratch("buildah-file");
    Path tar = bench.scratch("buildah.tar");
    bench.run(buildah.command("pull", "-q", "docker-archive:" + buildah.path(archive)));
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Workloads.change(file),
        List.of(
            buildah.command("from", "-q", "--pull-never", "--name", CONTAINER, Images.NAME),
            buildah.command("copy", "-q", CONTAINER, buildah.path(file), CHANGED),
            buildah.command("commit", "-q", "--rm", CONTAINER, IMAGE)),
        () -> {
          bench.run(buildah.command("push", "-q", IMAGE, "docker-archive:" + buildah.path(tar)));
          return bench.imageIn(tar).get();
        },
        () -> bench.run(buildah.command("rmi", "-a", "-f")));
  }
}
