// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.ImageStore;
import dev.lamina.Samples;
import dev.lamina.archive.Origins;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an image came from is forgotten with the image, and not before. */
class PrunedOriginsTest {
  @TempDir Path folder;
  private MemoryRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = MemoryRegistry.start();
    try (ImageStore source = ImageStore.open(folder.resolve("source"))) {
      for (String name : List.of("one:1", "two:1")) {
        try (LocalStore store = LocalStore.open(folder.resolve("source"))) {
          Samples.named(store, name(name), Samples.file("/file", name));
        }
        source.push(name(name));
      }
    }
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private String name(String image) {
    return registry.host() + "/shop/" + image;
  }

  private List<String> noted() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("store/lamina/origins"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void originsGoWithTheirImages() throws Exception {
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      store.pull(name("one:1"));
      List<String> one = noted();
      store.pull(name("two:1"));
      assertThat(noted()).hasSizeGreaterThan(one.size());

      store.prune();
      assertThat(noted()).as("of images that are there").hasSizeGreaterThan(one.size());

      store.remove(name("two:1"));
      store.prune();
      assertThat(noted()).isEqualTo(one);
      assertThat(store.images().get(0).digests()).hasSize(1);

      store.remove(name("one:1"));
      store.prune();
      assertThat(noted()).isEmpty();

      store.pull(name("one:1"));
      assertThat(noted()).as("as at first").isEqualTo(one);
    }
  }

  /** A name says of which algorithm a digest is, and what is no digest is another's. */
  @Test
  void otherFilesStay() throws Exception {
    try (ImageStore store = ImageStore.inMemory();
        LocalStore disk = LocalStore.open(folder.resolve("store"))) {
      assertThat(store.prune().freedBytes()).isZero();
      Origins origins = Origins.of(disk);
      byte[] blob = {1, 2, 3};
      Digest sha512 = Digest.of(Digest.hasher("sha512").digest(blob));
      try (var writer = disk.blobs().ingest(sha512)) {
        writer.write(blob);
        writer.commit(Descriptor.of("", sha512, blob.length));
      }
      origins.add(sha512, Optional.of(ImageReference.parseName("shop/app").name()));
      origins.add(Digest.sha256("gone"), Optional.empty());
      Files.createFile(folder.resolve("store/lamina/origins/.1.tmp"));
      origins.prune();
      assertThat(noted()).containsExactly(".1.tmp", "sha512-" + sha512.hex());
      assertThat(origins.repositories(sha512)).containsExactly("docker.io/shop/app");
    }
  }
}
