// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.ImageStore;
import dev.lamina.archive.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The row that opens an image in an OCI layout. */
final class OpenRows {
  private static final String UMOCI_UNPACK = "umoci unpack";
  private static final String TAR = "tar -xzf";
  private static final String TAG = "bench/image:1";

  private OpenRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "open-verify",
            "A gzip layer of 18,700 files (270 MB) in an OCI layout made readable, its digests"
                + " checked.",
            List.of(Target.cpu(UMOCI_UNPACK, 15), Target.cpu(TAR, 4)),
            OpenRows::opening));
  }

  private static List<Side> opening(Bench bench) throws IOException, InterruptedException {
    Path layout = layout(bench);
    List<Side> sides = new ArrayList<>(Jvm.sides(jvm -> lamina(bench, layout, jvm)));
    sides.add(new Side(UMOCI_UNPACK, () -> umociUnpack(bench, layout)));
    sides.add(new Side(TAR, () -> tar(bench, layout)));
    return sides;
  }

  private static Contender lamina(Bench bench, Path layout, Jvm jvm)
      throws IOException, InterruptedException {
    Path store = bench.scratch(jvm.scratch("store"));
    return jvm.contender(
        bench,
        () -> Folders.delete(store),
        List.of("load", store.toString(), layout.toString()),
        () -> Listing.ofStore(store, TAG));
  }

  /** Makes the layout, whose layer other tools can read as well. */
  private static Path layout(Bench bench) throws IOException {
    Path layout = bench.scratch("layout");
    Path folder = bench.scratch("layout-store");
    try (ImageStore store = ImageStore.open(folder)) {
      store.importRootfs(bench.workloads().small().resolve("tree"), TAG);
      store.save(OciLayout.at(layout), TAG);
    } finally {
      Folders.delete(folder);
    }
    return layout;
  }

  private static Contender umociUnpack(Bench bench, Path layout) throws IOException {
    Program umoci = bench.peers().require("umoci");
    Path bundle = bench.scratch("umoci-bundle");
    return CommandContender.of(
        bench.meter(),
        () -> Folders.delete(bundle),
        umoci.command("unpack", "--image", umoci.path(layout) + ":1", umoci.path(bundle)),
        () -> Listing.ofFolder(bundle.resolve("rootfs")));
  }

  private static Contender tar(Bench bench, Path layout) throws IOException {
    Program tar = bench.peers().require("tar");
    Path folder = bench.scratch("tar");
    String largest;
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      largest =
          blobs
              .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length()))
              .orElseThrow()
              .toString();
    }
    return CommandContender.of(
        bench.meter(),
        () -> Folders.renew(folder),
        tar.command("-xzf", largest, "-C", folder.toString()),
        () -> Listing.ofFolder(folder));
  }
}
