// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.fs.Node;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Archives that other programs wrote. All hold the image that Docker 28.5 built of this:
 *
 * <pre>
 * FROM scratch
 * COPY dir /dir
 * COPY --chmod=600 dir/one /dir/three
 * COPY soft /soft
 * ENV A=1
 * CMD ["/run"]
 * </pre>
 *
 * <p>written by {@code docker save}, then copied by skopeo 1.22 and buildah 1.43; only that of
 * umoci 0.6 was put together by {@code umoci insert}, and has {@code /dir/two} whited out.
 */
class ForeignArchivesTest {
  private static final String DOCKER_ID =
      "sha256:e0298b41f4cc5aba5bb020d3078b84e77f5828fcd54fdbad8ef37eca02575159";

  @TempDir Path folder;

  private Path archive(String name) throws IOException {
    try (var in = ForeignArchivesTest.class.getResourceAsStream("/archives/" + name + ".tar.gz")) {
      Path file = folder.resolve(name + ".tar.gz");
      if (Files.notExists(file)) {
        long unused = Files.copy(in, file);
      }
      return file;
    }
  }

  /** Type, mode, size or target, and path of everything but the root, in order. */
  private static List<String> listing(Image image) throws IOException {
    List<String> lines = new ArrayList<>();
    image
        .tree()
        .forEach(
            (path, node) -> {
              String what =
                  node instanceof Node.File file
                      ? "file " + file.size()
                      : node instanceof Node.Symlink link ? "link " + link.target() : "directory";
              if (!path.isRoot()) {
                lines.add(String.format(Locale.ROOT, "%04o %s %s", node.mode(), what, path));
              }
            });
    return lines;
  }

  @ParameterizedTest
  @CsvSource({"docker-28", "skopeo-docker", "buildah-docker", "skopeo-oci", "buildah-oci"})
  void imageIsTheOneDockerBuilt(String name) throws IOException {
    try (ImageStore store = ImageStore.inMemory()) {
      Image image = store.load(archive(name)).get(0);
      assertThat(listing(image))
          .containsExactly(
              "0755 directory /dir",
              "0644 file 3 /dir/one",
              "0600 file 3 /dir/three",
              "4755 file 3 /dir/two",
              "0644 file 2 /dir/\u00e9",
              "0644 file 3 /soft");
      assertThat(image.config().config().cmd()).containsExactly("/run");
      assertThat(image.config().config().env()).contains("A=1");
      assertThat(image.history()).hasSize(5);
      assertThat(store.check().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"docker-28", "skopeo-docker", "buildah-docker"})
  void dockersIdIsKept(String name) throws IOException {
    try (ImageStore store = ImageStore.inMemory()) {
      assertThat(store.load(archive(name)).get(0).id()).hasToString(DOCKER_ID);
      assertThat(store.images().get(0).references())
          .extracting(ImageReference::familiar)
          .contains("golden/app:1");
    }
  }

  @Test
  void allNamesOfAnImageAreRead() throws IOException {
    try (ImageStore store = ImageStore.inMemory()) {
      store.load(archive("docker-28"));
      assertThat(store.images().get(0).references())
          .extracting(ImageReference::familiar)
          .containsExactly("golden/app:1", "golden/app:latest");
    }
  }

  @Test
  void umocisWhiteoutIsSeen() throws IOException {
    try (ImageStore store = ImageStore.inMemory()) {
      Image image = store.load(archive("umoci")).get(0);
      assertThat(listing(image))
          .containsExactly(
              "0755 directory /dir",
              "0644 file 3 /dir/one",
              "0644 file 2 /dir/\u00e9",
              "0777 link dir/one /soft");
      assertThat(image.layers()).hasSize(3);
    }
  }

  @ParameterizedTest
  @CsvSource({"skopeo-oci", "buildah-oci", "umoci"})
  void manifestLeavesAsItCame(String name) throws IOException {
    try (ImageStore store = ImageStore.inMemory()) {
      Image image = store.load(archive(name)).get(0);
      image.writeTo(OciLayout.at(folder.resolve("out")));
      String blob = "blobs/sha256/" + image.manifest().digest().hex();
      assertThat(folder.resolve("out").resolve(blob)).hasBinaryContent(image.manifest().raw());
      for (var layer : image.manifest().layers()) {
        assertThat(folder.resolve("out/blobs/sha256/" + layer.digest().hex()))
            .hasSize(layer.size());
      }
    }
  }

  @Test
  void dockersLayersLeaveAsTheyCame() throws IOException {
    try (ImageStore store = ImageStore.inMemory();
        ImageStore again = ImageStore.inMemory()) {
      Image image = store.load(archive("docker-28")).get(0);
      image.writeTo(DockerArchive.at(folder.resolve("out.tar")));
      Image back = again.load(folder.resolve("out.tar")).get(0);
      assertThat(back.config()).isEqualTo(image.config());
      assertThat(back.layers()).extracting(l -> l.diffId()).isEqualTo(image.config().diffIds());
    }
  }
}
