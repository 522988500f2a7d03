// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The row that makes an image in an OCI layout out of a folder. */
final class ImageRows {
  static final String UMOCI = "umoci repack";
  private static final String BUILDAH = "buildah add, commit";

  private ImageRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "image-gzip",
            "A folder of 18,700 files (270 MB) to an image of one gzip layer in an OCI layout.",
            List.of(Target.cpu(UMOCI, 4), Target.cpu(BUILDAH, 4), Target.wall(JibSide.NAME, 10)),
            ImageRows::sides));
  }

  private static List<Side> sides(Bench bench) throws IOException {
    Path folder = bench.workloads().smallTree();
    List<Side> sides = new ArrayList<>(Jvm.sides(jvm -> lamina(bench, folder, jvm)));
    sides.add(new Side(UMOCI, () -> umociRepack(bench, folder)));
    sides.add(new Side(BUILDAH, () -> buildahAdd(bench, folder)));
    sides.add(new Side(JibSide.NAME, () -> JibSide.image(bench, folder)));
    return sides;
  }

  private static Contender lamina(Bench bench, Path folder, Jvm jvm)
      throws IOException, InterruptedException {
    Path out = bench.scratch(jvm.scratch("out"));
    Path layout = out.resolve("layout");
    return jvm.contender(
        bench,
        () -> Folders.renew(out),
        List.of("image", folder.toString(), out.toString(), "gzip"),
        bench.imageIn(layout).sizedBy(layout));
  }

  /** A bundle of umoci that has a folder's files to an image. */
  static Contender umociRepack(Bench bench, Path folder) throws IOException, InterruptedException {
    Program umoci = bench.peers().require("umoci");
    Path layout = bench.scratch("umoci-layout");
    Path bundle = bench.scratch("umoci-bundle");
    Path base = bench.scratch("umoci-base"); // the one that the bundle knows, for each run
    String image = umoci.path(layout) + ":new";
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> {
          if (!Files.exists(bundle)) {
            String empty = umoci.path(base) + ":new";
            bench.run(umoci.command("init", "--layout", umoci.path(base)));
            bench.run(umoci.command("new", "--image", empty));
            bench.run(umoci.command("unpack", "--image", empty, umoci.path(bundle)));
            bench.run(List.of("cp", "-a", folder + "/.", bundle.resolve("rootfs").toString()));
          }
          Folders.delete(layout);
          bench.run(List.of("cp", "-a", base.toString(), layout.toString()));
        },
        List.of(umoci.command("repack", "--image", image, umoci.path(bundle))),
        bench.imageIn(layout).sizedBy(layout),
        Contender.NOTHING);
  }

  private static Contender buildahAdd(Bench bench, Path folder) throws IOException {
    Program buildah = bench.peers().require("buildah");
    Path layout = bench.scratch("buildah-layout");
    String container = "side-by-side";
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Folders.delete(layout),
        List.of(
            buildah.command("from", "-q", "--name", container, "scratch"),
            buildah.command("add", "-q", container, buildah.path(folder), "/"),
            buildah.command(
                "commit", "-q", "--rm", container, "oci:" + buildah.path(layout) + ":new")),
        bench.imageIn(layout).sizedBy(layout),
        Contender.NOTHING);
  }
}
