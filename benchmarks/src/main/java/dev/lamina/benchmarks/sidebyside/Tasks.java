// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.Container;
import dev.lamina.ImageStore;
import dev.lamina.Pull;
import dev.lamina.Push;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.benchmarks.launcher.BuildLauncher;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.compress.Compressor;
import dev.lamina.compress.GzipLevel;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.Stage;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.PathChange;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** What Lamina is asked to do in the rows, each named by its first word. */
final class Tasks {
  private Tasks() {}

  /**
   * Does a task.
   *
   * @param words the task's name and what it needs
   * @throws IOException if it fails
   */
  static void run(List<String> words) throws IOException, InterruptedException {
    List<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "build" -> build(rest);
      case "layer" -> layer(Path.of(rest.get(0)), Path.of(rest.get(1)), rest.get(2));
      case "compress" -> compress(Path.of(rest.get(0)), Path.of(rest.get(1)), rest.get(2));
      case "image" -> image(Path.of(rest.get(0)), Path.of(rest.get(1)), rest.get(2));
      case "commit" -> commit(Path.of(rest.get(0)), Path.of(rest.get(1)), rest.get(2));
      case "diff" ->
          diff(Path.of(rest.get(0)), Path.of(rest.get(1)), rest.get(2), Path.of(rest.get(3)));
      case "list" -> list(Path.of(rest.get(0)), Path.of(rest.get(1)));
      case "layout" -> layout(Path.of(rest.get(0)), Path.of(rest.get(1)), Path.of(rest.get(2)));
      case "load" -> load(Path.of(rest.get(0)), Path.of(rest.get(1)));
      case "save" -> save(Path.of(rest.get(0)), Path.of(rest.get(1)));
      case "parse" -> parse(Path.of(rest.get(0)), Integer.parseInt(rest.get(1)), rest.get(2));
      case "ignore" -> ignore(Path.of(rest.get(0)), Integer.parseInt(rest.get(1)), rest.get(2));
      case "pull" -> pull(Path.of(rest.get(0)), rest.get(1), false);
      case "pull-blobs" -> pull(Path.of(rest.get(0)), rest.get(1), true);
      case "push" -> push(Path.of(rest.get(0)), Images.NAME, rest.get(1));
      case "push-blobs" -> push(Path.of(rest.get(0)), rest.get(1), rest.get(2));
      default -> throw new IOException(words.get(0) + ": unknown task");
    }
  }

  private static void build(List<String> options) throws IOException {
    int status = BuildLauncher.run(options, System.err, System.err);
    if (status != 0) {
      throw new IOException("build: exit " + status);
    }
  }

  /** A folder to a layer's blob, with its diff ID and, where that is another one, its digest. */
  private static void layer(Path folder, Path out, String format) throws IOException {
    Path blob = out.resolve("blob");
    MessageDigest digest = Listing.sha256();
    Changes files = FileTree.ofFolder(folder).diff(FileTree.empty());
    if (format.equals("none")) {
      try (OutputStream tar = Files.newOutputStream(blob)) {
        Files.writeString(out.resolve("sums"), LayerWriter.write(files, tar).diffId() + "\n");
      }
      return;
    }
    LayerWriter.Written written;
    try (OutputStream compressed =
        Compressor.of(options(format))
            .open(new DigestOutputStream(Files.newOutputStream(blob), digest))) {
      written = LayerWriter.write(files, compressed);
    }
    String sums = written.diffId() + "\n" + Digest.of(digest.digest()) + "\n";
    Files.writeString(out.resolve("sums"), sums);
  }

  /** A file in memory to a gzip file, on one thread. */
  private static void compress(Path file, Path out, String format) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try (OutputStream compressed =
        Compressor.of(options(format)).withParallelism(1).open(Files.newOutputStream(out))) {
      compressed.write(bytes);
    }
  }

  /** A folder to an image in an OCI layout. */
  private static void image(Path folder, Path out, String format) throws IOException {
    try (ImageStore store = ImageStore.open(out.resolve("store"))) {
      store.importRootfs(folder, "bench/image:1");
      store.save(
          OciLayout.at(out.resolve("layout")).withCompression(options(format)), "bench/image:1");
    }
  }

  /** A container of a store's image with a file more to an image. */
  private static void commit(Path storeFolder, Path file, String target) throws IOException {
    try (ImageStore store = ImageStore.open(storeFolder);
        Container container = store.image(Images.NAME).newContainer()) {
      Files.write(container.path(target), Files.readAllBytes(file));
      var unused = container.commit("bench/commit:1");
    }
  }

  /** What a file more in a container of a store's image changes, as {@code docker diff} says it. */
  private static void diff(Path storeFolder, Path file, String target, Path out)
      throws IOException {
    try (ImageStore store = ImageStore.open(storeFolder);
        Container container = store.image(Images.NAME).newContainer()) {
      Files.write(container.path(target), Files.readAllBytes(file));
      Files.write(out, container.diff().stream().map(PathChange::toString).toList());
    }
  }

  /** The paths of the files in a store's image, and their sizes. */
  private static void list(Path storeFolder, Path out) throws IOException {
    StringBuilder lines = new StringBuilder();
    try (ImageStore store = ImageStore.open(storeFolder)) {
      store
          .image(Images.NAME)
          .tree()
          .forEach(
              (path, node) -> {
                if (node instanceof Node.File file) {
                  lines.append(path).append(' ').append(file.content().size()).append('\n');
                }
              });
    }
    Files.writeString(out, lines);
  }

  /** An archive to an OCI layout, its layers gzip. */
  private static void layout(Path archive, Path layout, Path storeFolder) throws IOException {
    try (ImageStore store = ImageStore.open(storeFolder)) {
      store.load(archive);
      store.save(OciLayout.at(layout), Images.NAME);
    }
  }

  /** Dockerfiles parsed so many times; how many instructions they have is written to a file. */
  private static void parse(Path folder, int times, String out) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "*.Dockerfile")) {
      for (Path path : paths) {
        files.add(Files.readAllBytes(path));
      }
    }
    int count = 0;
    for (int i = 0; i < times; i++) {
      count = 0;
      for (byte[] file : files) {
        for (Stage stage : Dockerfile.parse(file, "Dockerfile").stages()) {
          count += stage.statements().size() + 1;
        }
      }
    }
    Files.writeString(Path.of(out), Integer.toString(count));
  }

  /** Paths asked about so many times; how many are left out is written to a file. */
  private static void ignore(Path folder, int times, String out) throws IOException {
    String patterns = Files.readString(folder.resolve(Workloads.PATTERNS));
    IgnoreWalk walk = new IgnoreWalk(Files.readAllLines(folder.resolve(Workloads.PATHS)));
    int ignored = 0;
    for (int i = 0; i < times; i++) {
      ignored = walk.ignored(patterns);
    }
    Files.writeString(Path.of(out), Integer.toString(ignored));
  }

  private static void load(Path storeFolder, Path archive) throws IOException {
    try (ImageStore store = ImageStore.open(storeFolder)) {
      store.load(archive);
    }
  }

  private static void save(Path storeFolder, Path archive) throws IOException {
    try (ImageStore store = ImageStore.open(storeFolder)) {
      store.save(DockerArchive.at(archive), Images.NAME);
    }
  }

  /** An image to a store: its layers readable, or as they come. */
  private static void pull(Path storeFolder, String reference, boolean openingLater)
      throws IOException {
    Pull pull = Pull.of(reference).registry(options -> options.withInsecure(host(reference)));
    try (ImageStore store = ImageStore.open(storeFolder)) {
      var unused = store.pull(openingLater ? pull.openingLater() : pull);
    }
  }

  private static void push(Path storeFolder, String image, String reference) throws IOException {
    try (ImageStore store = ImageStore.open(storeFolder)) {
      var unused =
          store.push(
              Push.of(image)
                  .to(reference)
                  .registry(options -> options.withInsecure(host(reference))));
    }
  }

  private static String host(String reference) {
    return reference.substring(0, reference.indexOf('/'));
  }

  private static CompressionOptions options(String format) throws IOException {
    return switch (format) {
      case "none" -> CompressionOptions.none();
      case "gzip" -> CompressionOptions.gzip(GzipLevel.DEFAULT);
      case "gzip-fast" -> CompressionOptions.gzip(GzipLevel.FAST);
      case "jdk-1" -> CompressionOptions.jdkGzip(1);
      case "jdk-6" -> CompressionOptions.jdkGzip(6);
      case "zstd" -> CompressionOptions.zstd(3);
      default -> throw new IOException(format + ": unknown format");
    };
  }
}
