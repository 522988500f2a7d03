// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.ImageStore;
import dev.lamina.archive.OciLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows that open an image: one in an OCI layout, one that the store knows. */
final class OpenRows {
  private static final String UMOCI_UNPACK = "umoci unpack";
  private static final String TAR = "tar -xzf";
  private static final String MOUNT = "overlay mount, find";

  private OpenRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "open-verify",
            "A gzip layer of 18,700 files (270 MB) in an OCI layout made readable, its digests"
                + " checked; tar checks none.",
            List.of(Target.cpu(UMOCI_UNPACK, 15), Target.cpu(TAR, 4)),
            OpenRows::opening),
        new Row(
            "open-indexed",
            "An image of 20,000 files in 120 layers, known to the store, opened and its files"
                + " listed with their sizes; an overlay of 120 folders mounted and listed.",
            List.of(Target.cpu(MOUNT, 1)),
            OpenRows::listing));
  }

  private static List<Side> listing(Bench bench) throws IOException, InterruptedException {
    Path archive = bench.images().manyLayers();
    List<Side> sides = new ArrayList<>(Jvm.sides(jvm -> laminaList(bench, archive, jvm)));
    sides.add(new Side(MOUNT, () -> overlay(bench)));
    return sides;
  }

  private static Contender laminaList(Bench bench, Path archive, Jvm jvm)
      throws IOException, InterruptedException {
    Path store = bench.scratch(jvm.scratch("store"));
    Path out = bench.scratch(jvm.scratch("list"));
    bench.load(store, archive);
    return jvm.contender(
        bench,
        Contender.NOTHING,
        List.of("list", store.toString(), out.toString()),
        () -> sorted(out));
  }

  /** The mount is gone with its name space. */
  private static Contender overlay(Bench bench) throws IOException, InterruptedException {
    Path layers = bench.workloads().manyLayers();
    Path root = Files.createDirectories(bench.scratch("overlay"));
    Path out = bench.scratch("overlay-list");
    String lower =
        IntStream.range(0, Workloads.LAYERS)
            .mapToObj(layer -> Integer.toString(Workloads.LAYERS - 1 - layer))
            .collect(Collectors.joining(":"));
    String mount = "mount -t overlay overlay -o lowerdir=" + lower + " " + root;
    List<String> command =
        inNameSpace(layers, mount + " && find " + root + " -type f -printf '/%P %s\\n' > " + out);
    try {
      bench.run(inNameSpace(layers, mount));
    } catch (IOException e) {
      throw new MissingPeerException("no overlayfs can be mounted here: " + e.getMessage());
    }
    return CommandContender.of(bench.meter(), Contender.NOTHING, command, () -> sorted(out));
  }

  private static List<String> inNameSpace(Path folder, String script) {
    return List.of("unshare", "-m", "sh", "-c", "cd " + folder + " && " + script);
  }

  private static String sorted(Path lines) throws IOException {
    byte[] text =
        Files.readAllLines(lines).stream()
            .sorted()
            .collect(Collectors.joining("\n"))
            .getBytes(StandardCharsets.UTF_8);
    return Listing.sum(out -> out.write(text));
  }

  private static List<Side> opening(Bench bench) throws IOException, InterruptedException {
    Path layout = layout(bench);
    List<Side> sides = new ArrayList<>(Jvm.sides(jvm -> new Stored(bench, jvm).loading(layout)));
    sides.add(new Side(UMOCI_UNPACK, () -> umociUnpack(bench, layout)));
    sides.add(new Side(TAR, () -> tar(bench, layout)));
    return sides;
  }

  /** Makes the layout, whose layer other tools can read as well. */
  private static Path layout(Bench bench) throws IOException {
    Path layout = bench.scratch("layout");
    Path folder = bench.scratch("layout-store");
    try (ImageStore store = ImageStore.open(folder)) {
      store.importRootfs(bench.workloads().smallTree(), Images.NAME);
      store.save(OciLayout.at(layout), Images.NAME);
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
