// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.registry.DockerRegistry;
import dev.lamina.registry.RegistryClient;
import dev.lamina.registry.RegistryOptions;
import dev.lamina.registry.TestAuthority;
import dev.lamina.spi.Credential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/registries.md shows, against two registries: one open, one with TLS and a password. */
class RegistriesPageTest {
  @TempDir static Path folder;
  private static DockerRegistry open;
  private static DockerRegistry locked;
  private static String registry;
  private static String secured;
  private static String password;
  private static Path ca;

  private final ImageStore store = ImageStore.inMemory();

  @BeforeAll
  static void start() throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    ca = authority.authority();
    Path other = Files.createDirectory(folder.resolve("other"));
    open = DockerRegistry.in(other).start();
    locked = DockerRegistry.in(folder).withPassword().withTls(authority).start();
    registry = open.host();
    secured = locked.host();
    password = DockerRegistry.PASSWORD;
  }

  @AfterAll
  static void stop() throws IOException {
    for (DockerRegistry each : new DockerRegistry[] {open, locked}) {
      if (each != null) {
        each.close();
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @CanIgnoreReturnValue
  private Image build(String platform, String name) throws Exception {
    return ImageBuilder.fromText("FROM scratch\nCOPY <<a /a\n" + platform + "\na\n")
        .platform(platform)
        .store(store)
        .tag(name)
        .build();
  }

  @Test
  void pushAndPull() throws Exception {
    build("linux/arm64", "shop/app:1.4");
    build("linux/arm64", registry + "/shop/app:1.4");

    store.push(registry + "/shop/app:1.4");
    store.push(
        Push.of("shop/app:1.4")
            .to(secured + "/shop/app:1.4")
            .credential(new Credential.Basic("ci", password))
            .registry(options -> options.withCaCertificates(ca))
            .compression(CompressionOptions.zstd(3))
            .withSbom());

    try (ImageStore store = ImageStore.inMemory()) {
      Image app = store.pull(registry + "/shop/app:1.4");
      Image arm =
          store.pull(
              Pull.of(secured + "/shop/app:1.4")
                  .platform("linux/arm64")
                  .credential(new Credential.Basic("ci", password))
                  .registry(options -> options.withCaCertificates(ca)));

      assertThat(arm.id()).isEqualTo(app.id());
      assertThat(arm.manifest().layers().get(0).mediaType()).isEqualTo(MediaTypes.OCI_LAYER_ZSTD);
    }
  }

  @Test
  void severalPlatformsUnderOneName() throws Exception {
    Image amd64 = build("linux/amd64", "shop/multi:amd64");
    Image arm64 = build("linux/arm64", "shop/multi:arm64");

    store.tagTogether(registry + "/shop/multi:1", List.of(amd64, arm64));
    store.push(registry + "/shop/multi:1");

    try (ImageStore other = ImageStore.inMemory()) {
      Pull pull = Pull.of(registry + "/shop/multi:1");
      assertThat(other.pull(pull.platform("linux/arm64/v8")).id()).isEqualTo(arm64.id());
      assertThat(other.pull(pull.platform(Platform.parse("linux/amd64"))).id())
          .isEqualTo(amd64.id());
    }
  }

  @Test
  void lookAroundAndDelete() throws Exception {
    build("linux/amd64", registry + "/shop/old:1");
    Descriptor pushed = store.push(Push.of(registry + "/shop/old:1").withSbom());

    RegistryClient client = RegistryClient.of(RegistryOptions.DEFAULT);
    ImageReference old = ImageReference.parse(registry + "/shop/old:1");
    List<String> tags = client.tags(old);
    List<Descriptor> about = client.referrers(old, pushed.digest(), Optional.empty());
    client.delete(old.withDigest(pushed.digest()));

    assertThat(tags).contains("1");
    assertThat(about)
        .extracting(d -> d.artifactType().orElse(""))
        .containsExactly("application/spdx+json");
    assertThat(client.head(old)).isEmpty();
  }

  @Test
  void buildPullsItsBaseFromAMirror() throws Exception {
    build("linux/amd64", registry + "/library/debian:bookworm");
    store.push(registry + "/library/debian:bookworm");
    Path dockerfile = Files.writeString(folder.resolve("Dockerfile"), "FROM debian:bookworm\n");
    try (ImageStore fresh = ImageStore.inMemory()) {
      Image built = buildWithMirror(dockerfile, fresh, URI.create("http://" + registry));
      assertThat(built.tree().size()).isEqualTo(2);
    }
  }

  private static Image buildWithMirror(Path dockerfile, ImageStore store, URI mirror)
      throws Exception {
    return ImageBuilder.fromDockerfile(dockerfile)
        .store(store)
        .pullMissing(pull -> pull.registry(options -> options.withMirror("docker.io", mirror)))
        .build();
  }
}
