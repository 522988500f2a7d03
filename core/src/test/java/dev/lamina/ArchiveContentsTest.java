// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static dev.lamina.Samples.file;
import static dev.lamina.Samples.noise;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import dev.lamina.store.PruneReport;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in an archive, and what of it comes out again. */
class ArchiveContentsTest {
  private static final int SHARED = 200_000;

  @TempDir Path folder;

  private static List<String> largeFiles(Path tar) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(tar)) {
      TarReader reader = TarReader.over(in, TarOptions.DEFAULT);
      for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        if (entry.get().size() >= SHARED) {
          names.add(entry.get().name());
        }
      }
    }
    return names;
  }

  @Test
  void imagesThatShareALayerWriteItOnceAndComeBackWithAllTheirNames() throws IOException {
    Path docker = folder.resolve("docker.tar");
    Path layout = folder.resolve("layout.tar");
    try (ImageStore store = ImageStore.inMemory()) {
      for (String name : List.of("shop/one:1", "shop/two:1")) {
        Samples.named(store.local(), name, file("/base", noise(SHARED, 1)), file("/own", name));
      }
      store.save(DockerArchive.at(docker), "shop/one:1", "shop/two:1");
      store.save(OciLayout.at(layout), "shop/one:1", "shop/two:1");
    }
    for (Path archive : List.of(docker, layout)) {
      assertThat(largeFiles(archive)).as(archive.toString()).hasSize(1);
      try (ImageStore store = ImageStore.inMemory()) {
        List<Image> images = store.load(archive);
        assertThat(images)
            .extracting(image -> image.reference().orElseThrow().familiar())
            .containsExactly("shop/one:1", "shop/two:1");
        assertThat(images.get(0).layers().get(0)).isEqualTo(images.get(1).layers().get(0));
        assertThat(store.images()).allSatisfy(i -> assertThat(i.sharedSize()).isPositive());
      }
    }
  }

  /** Nothing in it runs here, but it can be kept, looked at, passed on and removed. */
  @Test
  void imagesForOtherPlatformsGoInAndOutUnderOneName() throws IOException {
    Path layout = folder.resolve("layout");
    try (ImageStore store = ImageStore.inMemory();
        ImageStore other = ImageStore.inMemory()) {
      List<Image> images = new ArrayList<>();
      for (String platform : List.of("linux/s390x", "linux/riscv64")) {
        Descriptor made =
            Samples.put(store.local(), Platform.parse(platform), file("/p", platform))
                .manifestDescriptor();
        images.add(store.image(store.local().image(made).id().toString()));
      }
      store.tagTogether("shop/odd:1", images);
      store.save(OciLayout.at(layout), "shop/odd:1");

      assertThat(other.load(layout).get(0).id()).isEqualTo(images.get(0).id());
      assertThat(other.local().names().list().values())
          .extracting(Descriptor::mediaType)
          .containsExactly(MediaTypes.OCI_INDEX);
      assertThat(other.image("shop/odd:1").config().platform()).hasToString("linux/s390x");
      assertThat(other.remove("shop/odd:1").untagged()).hasSize(1);
      PruneReport unused = other.prune();
      assertThat(other.images()).isEmpty();
      assertThat(other.local().images()).isEmpty();
    }
  }

  /** Three layers, each compressed in another way, and fields that no specification knows. */
  private byte[] writeMixedLayout(Path layout) throws IOException {
    Path blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
    ImageConfig config = ImageConfig.of(Platform.host());
    List<Descriptor> layers = new ArrayList<>();
    try (LocalStore store = LocalStore.inMemory()) {
      List<CompressionOptions> ways =
          List.of(
              CompressionOptions.none(), CompressionOptions.zstd(3), CompressionOptions.jdkGzip(9));
      for (CompressionOptions way : ways) {
        Layer layer = store.layers().commit(file("/" + layers.size(), "in layer " + layers.size()));
        Descriptor blob = store.layers().blob(layer, way);
        Files.write(
            blobs.resolve(blob.digest().hex()), store.blobs().require(blob.digest()).toByteArray());
        layers.add(blob.withAnnotation("test.note", "kept"));
        config = config.withLayer(layer.diffId(), HistoryEntry.layer(Samples.TIME, "COPY", "test"));
      }
    }
    Files.write(blobs.resolve(config.digest().hex()), config.raw());
    String plain =
        new String(
            Manifest.of(
                    Descriptor.of(MediaTypes.OCI_CONFIG, config.raw()), layers, Map.of("a", "b"))
                .raw(),
            StandardCharsets.UTF_8);
    byte[] manifest =
        plain.replaceFirst("\\{", "{ \"test.unknown\": [1, 2],\n").getBytes(StandardCharsets.UTF_8);
    Files.write(blobs.resolve(Digest.sha256(manifest).hex()), manifest);
    Descriptor named =
        Descriptor.of(MediaTypes.OCI_MANIFEST, manifest)
            .withAnnotation("org.opencontainers.image.ref.name", "1");
    Files.write(layout.resolve("index.json"), ImageIndex.of(List.of(named), Map.of()).raw());
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    return manifest;
  }

  private static List<String> blobs(Path layout) throws IOException {
    try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void layersOfEveryCompressionInOneImageLeaveAsTheyCame() throws IOException {
    byte[] manifest = writeMixedLayout(folder.resolve("in"));
    try (ImageStore store = ImageStore.inMemory()) {
      Image image = store.load(folder.resolve("in")).get(0);
      assertThat(image.tree().size()).isEqualTo(4);
      image.writeTo(OciLayout.at(folder.resolve("out")));
      assertThat(blobs(folder.resolve("out"))).isEqualTo(blobs(folder.resolve("in")));
      assertThat(folder.resolve("out/blobs/sha256/" + Digest.sha256(manifest).hex()))
          .hasBinaryContent(manifest);

      Image tagged = image.tag("mixed:1");
      assertThat(tagged.reference()).contains(ImageReference.parse("mixed:1"));
      assertThat(store.check().findings()).isEmpty();
    }
  }
}
