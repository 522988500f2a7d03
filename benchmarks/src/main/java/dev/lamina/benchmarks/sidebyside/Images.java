// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.archive.DockerArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Images to work on, each a Docker archive of {@link #NAME}, made by Lamina and read by all. */
final class Images {
  static final String NAME = "bench/base:1";

  private final Path folder;
  private final Workloads workloads;

  Images(Path folder, Workloads workloads) {
    this.folder = folder;
    this.workloads = workloads;
  }

  /** Returns a base with a shell and 8,000 files more. */
  Path base() throws IOException, InterruptedException {
    return once("base.tar", workloads.rootfs(busybox()));
  }

  /** Changes a file in the base, so that no peer has its layer. */
  void renewBase() throws IOException, InterruptedException {
    Path context = workloads.rootfs(busybox());
    Path changing = context.resolve("root/usr").resolve(Listing.CHANGING);
    Workloads.change(changing);
    build(context, folder.resolve("base.tar"));
  }

  /** Returns an image of 200 MB in five layers. */
  Path fiveLayers() throws IOException, InterruptedException {
    return once("five-layers.tar", workloads.fiveLayers());
  }

  /** Returns an image of a layer with 18,700 files. */
  Path small() throws IOException, InterruptedException {
    return once("small.tar", workloads.small());
  }

  /** Returns an image of 20,000 files in 120 layers. */
  Path manyLayers() throws IOException, InterruptedException {
    return once("many-layers.tar", workloads.manyLayers());
  }

  private Path once(String name, Path context) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      build(context, file);
    }
    return file;
  }

  private void build(Path context, Path file) throws IOException, InterruptedException {
    Path scratch = folder.resolve("store");
    Folders.renew(scratch);
    try (ImageStore store = ImageStore.open(scratch)) {
      var unused =
          ImageBuilder.fromDockerfile(context.resolve("Dockerfile")).store(store).tag(NAME).build();
      store.save(DockerArchive.at(file), NAME);
    } finally {
      Folders.delete(scratch);
    }
  }

  private static Path busybox() throws MissingPeerException {
    Path busybox = Path.of("/bin/busybox");
    if (!Files.isRegularFile(busybox, LinkOption.NOFOLLOW_LINKS)) {
      throw new MissingPeerException(busybox + ", which the base image needs, isn't there");
    }
    return busybox;
  }
}
