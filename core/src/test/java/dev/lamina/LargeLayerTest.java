// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.registry.DockerRegistry;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How large a layer is doesn't matter to the heap: a JVM with 48 MB builds, pushes, saves, pulls
 * and loads one that is larger.
 */
class LargeLayerTest {
  private static final int MEGABYTES = 64;

  @TempDir Path folder;

  @Test
  void layerLargerThanTheHeapGoesInAndOut() throws Exception {
    try (DockerRegistry registry = DockerRegistry.in(folder).start()) {
      List<String> command = ChildJvm.command(LargeLayerTest.class, List.of("-Xmx48m"));
      command.addAll(List.of(folder.toString(), registry.host() + "/big:1", MEGABYTES + ""));
      // Newer JVMs warn on stderr of libraries that load native code, as zstd's does.
      Process child =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      assertThat(child.inputReader().lines().toList()).containsExactly("the same");
      assertThat(child.waitFor()).isZero();
    }
  }

  /** The child: a folder, where to push to, and how large the layer is. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Path context = Files.createDirectory(folder.resolve("context"));
    try (OutputStream out = Files.newOutputStream(context.resolve("big"))) {
      Random random = new Random(1);
      byte[] block = new byte[1 << 20];
      for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    String name = arguments[1];
    Path docker = folder.resolve("docker.tar");
    Path layout = folder.resolve("layout.tar");
    Image built;
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      built = ImageBuilder.from("scratch").copy(context, "/").store(store).tag(name).build();
      store.push(name);
      built.writeTo(DockerArchive.at(docker));
      built.writeTo(OciLayout.at(layout).withCompression(CompressionOptions.zstd(1)));
    }
    try (ImageStore pulled = ImageStore.open(folder.resolve("pulled"));
        ImageStore fromDocker = ImageStore.open(folder.resolve("from-docker"));
        ImageStore fromLayout = ImageStore.open(folder.resolve("from-layout"))) {
      List<Image> images =
          List.of(
              pulled.pull(name), fromDocker.load(docker).get(0), fromLayout.load(layout).get(0));
      boolean same = images.stream().allMatch(image -> image.id().equals(built.id()));
      System.out.println(same ? "the same" : images);
    }
  }
}
