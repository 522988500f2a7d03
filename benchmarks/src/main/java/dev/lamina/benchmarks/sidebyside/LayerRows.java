// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rows that make a layer's blob, with both its digests, of a folder; peers are pipes. */
final class LayerRows {
  private static final String FAST = "Lamina, running JVM, fast level";
  private static final String PIGZ = "tar, pigz -6, sha256sum";
  private static final String IGZIP = "tar, igzip -1, sha256sum";
  private static final String ZSTD = "tar, zstd -3, sha256sum";
  private static final String NARROW = "Lamina, new JVM, -Xmx64m";
  private static final String NONE = "tar, sha256sum";

  private LayerRows() {}

  static List<Row> all() {
    return List.of(
        new Row(
            "layer-gzip",
            "A folder of 18,700 files (270 MB) to a gzip layer, its digest and its diff ID.",
            List.of(Target.cpu(PIGZ, 2), Target.cpu(IGZIP, 1.5)),
            bench -> {
              Path folder = bench.workloads().smallTree();
              List<Side> sides = new ArrayList<>(lamina(bench, folder, "gzip"));
              sides.add(1, new Side(FAST, () -> lamina(bench, folder, "gzip-fast", Jvm.RUNNING)));
              sides.add(new Side(PIGZ, () -> pipe(bench, folder, "pigz", "pigz -6", "gzip -dc")));
              sides.add(
                  new Side(IGZIP, () -> pipe(bench, folder, "igzip", "igzip -1", "gzip -dc")));
              return sides;
            }),
        new Row(
            "layer-zstd",
            "The same folder to a zstd layer, its digest and its diff ID.",
            List.of(Target.cpu(ZSTD, 2.5)),
            bench -> {
              Path folder = bench.workloads().smallTree();
              List<Side> sides = new ArrayList<>(lamina(bench, folder, "zstd"));
              sides.add(
                  new Side(ZSTD, () -> pipe(bench, folder, "zstd", "zstd -q -3", "zstd -qdc")));
              return sides;
            }),
        new Row(
            "layer-none",
            "The same folder to an uncompressed layer and its digest.",
            List.of(Target.cpu(NONE, 2.5)),
            bench -> {
              Path folder = bench.workloads().smallTree();
              List<Side> sides = new ArrayList<>(lamina(bench, folder, "none"));
              sides.add(new Side(NONE, () -> uncompressed(bench, folder)));
              return sides;
            }),
        new Row(
            "layer-2gb",
            "One file of 2 GB to a gzip layer; Lamina with `-Xmx64m`, so that no more can be"
                + " alive.",
            List.of(Target.cpu(PIGZ, 2)),
            bench -> {
              Path folder = bench.workloads().large();
              Side lamina = new Side(NARROW, () -> narrow(bench, folder));
              return List.of(
                  lamina,
                  new Side(PIGZ, () -> pipe(bench, folder, "pigz", "pigz -6", "gzip -dc")),
                  new Side(ImageRows.UMOCI, () -> ImageRows.umociRepack(bench, folder)));
            }));
  }

  private static List<Side> lamina(Bench bench, Path folder, String format) {
    return Jvm.sides(jvm -> lamina(bench, folder, format, jvm));
  }

  private static Contender lamina(Bench bench, Path folder, String format, Jvm jvm)
      throws IOException, InterruptedException {
    Path out = bench.scratch(jvm.scratch(format));
    return jvm.contender(
        bench, () -> Folders.renew(out), task(folder, out, format), listing(bench, out, "cat"));
  }

  private static Contender narrow(Bench bench, Path folder) {
    Path out = bench.scratch("narrow");
    return CommandContender.of(
        bench.meter(),
        () -> Folders.renew(out),
        bench.lamina().task(List.of("-Xmx64m"), task(folder, out, "gzip")),
        listing(bench, out, "cat"));
  }

  private static List<String> task(Path folder, Path out, String format) {
    return List.of("layer", folder.toString(), out.toString(), format);
  }

  /** A pipe that tees the tar and the blob into a digest each. */
  private static Contender pipe(
      Bench bench, Path folder, String program, String compress, String decompress)
      throws MissingPeerException {
    Program unused = bench.peers().require(program);
    Path out = bench.scratch("pipe-" + program);
    String script =
        "mkfifo a b && { sha256sum < a > diff-id & sha256sum < b > digest &"
            + " tar -C "
            + folder
            + " --sort=name -cf - . | tee a | "
            + compress
            + " | tee b > blob; } && wait";
    return shell(bench, out, script, decompress);
  }

  /** A pipe for a tar whose one digest is its diff ID too. */
  private static Contender uncompressed(Bench bench, Path folder) throws MissingPeerException {
    Program unused = bench.peers().require("tar");
    String script = "tar -C " + folder + " --sort=name -cf - . | tee blob | sha256sum > digest";
    return shell(bench, bench.scratch("pipe-tar"), script, "cat");
  }

  private static Contender shell(Bench bench, Path out, String script, String decompress) {
    String command = "cd " + out + " && " + script;
    return CommandContender.of(
        bench.meter(),
        () -> Folders.renew(out),
        List.of("bash", "-o", "pipefail", "-c", command),
        listing(bench, out, decompress));
  }

  private static Contender.Answer listing(Bench bench, Path out, String decompress) {
    Path blob = out.resolve("blob");
    Contender.Answer files =
        () -> {
          Path tar = blob;
          if (!decompress.equals("cat")) {
            tar = out.resolve("tar");
            bench.run(List.of("bash", "-c", decompress + " < " + blob + " > " + tar));
          }
          return Listing.ofTar(tar, bench.scratch("listing"));
        };
    return files.sizedBy(blob);
  }
}
