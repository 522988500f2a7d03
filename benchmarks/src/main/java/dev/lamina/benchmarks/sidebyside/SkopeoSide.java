// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** skopeo, which copies an image from one place to another. */
final class SkopeoSide {
  static final String NAME = "skopeo copy";

  private SkopeoSide() {}

  /** An archive to a folder. */
  static Contender load(Bench bench, Path archive) throws IOException {
    Program skopeo = bench.peers().require("skopeo");
    Path folder = bench.scratch("skopeo-folder");
    Path tar = bench.scratch("skopeo-listing.tar");
    List<String> back = copy(skopeo, folder(skopeo, folder), archive(skopeo, tar));
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Folders.delete(folder),
        List.of(copy(skopeo, archive(skopeo, archive), folder(skopeo, folder))),
        () -> {
          Folders.delete(tar);
          bench.run(back);
          return bench.imageIn(tar).get();
        },
        () -> Folders.delete(folder));
  }

  /** A folder to an archive. */
  static Contender save(Bench bench, Path archive) throws IOException, InterruptedException {
    Program skopeo = bench.peers().require("skopeo");
    Path folder = bench.scratch("skopeo-folder");
    Path tar = bench.scratch("skopeo.tar");
    bench.run(copy(skopeo, archive(skopeo, archive), folder(skopeo, folder)));
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Folders.delete(tar),
        List.of(copy(skopeo, folder(skopeo, folder), archive(skopeo, tar))),
        bench.imageIn(tar),
        () -> Folders.delete(folder));
  }

  /** An archive to an empty registry, layers compressed on the way. */
  static Contender push(Bench bench, Path archive) throws IOException, InterruptedException {
    Program skopeo = bench.peers().require("skopeo");
    return pushing(bench, skopeo, archive(skopeo, archive));
  }

  /** A layout, as it came from a registry, to an empty one. */
  static Contender pushBlobs(Bench bench, Path archive) throws IOException, InterruptedException {
    Program skopeo = bench.peers().require("skopeo");
    RegistryProcess from = Stored.filled(bench, "skopeo-source", archive);
    String layout = layout(skopeo, bench.scratch("skopeo-blobs"));
    bench.run(copy(skopeo, from.url(), layout));
    from.stop();
    return pushing(bench, skopeo, layout);
  }

  private static Contender pushing(Bench bench, Program skopeo, String source)
      throws IOException, InterruptedException {
    RegistryProcess registry = RegistryProcess.start(bench, "skopeo-registry");
    return new CommandContender(
        bench.meter(),
        Set.of(),
        registry::renew,
        List.of(copy(skopeo, source, registry.url())),
        registry.answer(bench),
        registry::stop);
  }

  /** From a registry to a layout, layers as they come. */
  static Contender pull(Bench bench, Path archive) throws IOException, InterruptedException {
    Program skopeo = bench.peers().require("skopeo");
    RegistryProcess registry = Stored.filled(bench, "skopeo-registry", archive);
    Path layout = Files.createDirectories(bench.scratch("skopeo")).resolve("layout");
    return new CommandContender(
        bench.meter(),
        Set.of(),
        () -> Folders.delete(layout),
        List.of(copy(skopeo, registry.url(), layout(skopeo, layout))),
        bench.imageIn(layout),
        registry::stop);
  }

  private static List<String> copy(Program skopeo, String from, String to) {
    return skopeo.command(
        "--insecure-policy",
        "copy",
        "-q",
        "--src-tls-verify=false",
        "--dest-tls-verify=false",
        from,
        to);
  }

  private static String archive(Program skopeo, Path tar) throws IOException {
    return "docker-archive:" + skopeo.path(tar) + ":" + Images.NAME;
  }

  private static String folder(Program skopeo, Path folder) throws IOException {
    return "dir:" + skopeo.path(folder);
  }

  private static String layout(Program skopeo, Path layout) throws IOException {
    return "oci:" + skopeo.path(layout) + ":new";
  }
}
