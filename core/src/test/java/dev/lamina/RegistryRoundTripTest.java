// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static dev.lamina.Samples.file;
import static dev.lamina.Samples.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.event.TransferEvent;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.registry.DockerRegistry;
import dev.lamina.registry.RegistryClient;
import dev.lamina.registry.RegistryException;
import dev.lamina.registry.RegistryOptions;
import dev.lamina.registry.TestAuthority;
import dev.lamina.spi.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images go to Debian's docker-registry and come back the same. */
class RegistryRoundTripTest {
  @TempDir static Path shared;
  private static DockerRegistry registry;

  @TempDir Path folder;
  private ImageStore store;
  private ImageStore other;

  @BeforeAll
  static void startRegistry() throws IOException {
    registry = DockerRegistry.in(shared).start();
  }

  @AfterAll
  static void stopRegistry() throws IOException {
    if (registry != null) {
      registry.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    store = ImageStore.open(folder.resolve("store"));
    other = ImageStore.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    other.close();
  }

  private static String at(String name) {
    return registry.host() + "/" + name;
  }

  @CanIgnoreReturnValue
  private Image image(String name) throws IOException {
    Samples.named(
        store.local(), name, file("/base", "base"), file("/own", noise(100_000, name.hashCode())));
    return store.image(name);
  }

  /** What happened to the blobs in the end. */
  private static List<TransferEvent.Kind> ends(List<TransferEvent> events) {
    return events.stream()
        .map(TransferEvent::kind)
        .filter(k -> k != TransferEvent.Kind.STARTED && k != TransferEvent.Kind.PROGRESS)
        .distinct()
        .toList();
  }

  @Test
  void pushedImageComesBackByTagAndByDigest() throws IOException {
    Image app = image(at("round/app:1"));
    Descriptor pushed = store.push(at("round/app:1"));

    Image byTag = other.pull(at("round/app:1"));
    assertThat(byTag.id()).isEqualTo(app.id());
    assertThat(byTag.manifest().digest()).isEqualTo(pushed.digest());
    assertThat(byTag.tree().diff(app.tree())).isEmpty();
    assertThat(other.images().get(0).digests())
        .extracting(ImageReference::familiar)
        .containsExactly(at("round/app@") + pushed.digest());
    try (ImageStore third = ImageStore.inMemory()) {
      Image byDigest = third.pull(at("round/app@") + pushed.digest());
      assertThat(byDigest).isEqualTo(byTag);
      assertThat(third.images().get(0).references()).isEmpty();
    }
  }

  @Test
  void whatAnotherRegistryGaveGoesOnUnderTheSameDigest() throws IOException {
    image(at("same/app:1"));
    Descriptor first =
        store.push(Push.of(at("same/app:1")).compression(CompressionOptions.zstd(3)));
    other.pull(at("same/app:1"));
    Descriptor second = other.push(Push.of(at("same/app:1")).to(at("same/copy:1")));
    assertThat(second).isEqualTo(first);
  }

  @Test
  void blobsThatAreThereAreNotSentAgain() throws IOException {
    image(at("head/app:1"));
    List<TransferEvent> first = new ArrayList<>();
    List<TransferEvent> second = new ArrayList<>();
    store.push(Push.of(at("head/app:1")).listener(first::add));
    store.push(Push.of(at("head/app:1")).to(at("head/app:2")).listener(second::add));
    assertThat(ends(first)).containsExactly(TransferEvent.Kind.DONE);
    assertThat(ends(second)).containsExactly(TransferEvent.Kind.PRESENT);
    assertThat(second).hasSize(3);
  }

  @Test
  void blobsOfAnotherRepositoryAreMounted() throws IOException {
    image(at("mount/one:1"));
    store.push(at("mount/one:1"));
    List<TransferEvent> events = new ArrayList<>();
    store.push(Push.of(at("mount/one:1")).to(at("mount/two:1")).listener(events::add));
    assertThat(ends(events)).containsExactly(TransferEvent.Kind.MOUNTED);
    assertThat(other.pull(at("mount/two:1"))).isEqualTo(other.pull(at("mount/one:1")));
  }

  @Test
  void layersThatAreThereAreNotFetchedAgain() throws IOException {
    image(at("partial/one:1"));
    image(at("partial/two:1"));
    store.push(at("partial/one:1"));
    store.push(at("partial/two:1"));
    List<TransferEvent> events = new ArrayList<>();
    other.pull(at("partial/one:1"));
    other.pull(Pull.of(at("partial/two:1")).listener(events::add));
    assertThat(events)
        .filteredOn(e -> e.kind() == TransferEvent.Kind.PRESENT)
        .extracting(TransferEvent::blob)
        .hasSize(1);
    assertThat(events)
        .filteredOn(e -> e.kind() == TransferEvent.Kind.DONE)
        .allSatisfy(e -> assertThat(e.bytes()).isEqualTo(e.total()));
  }

  /** Nobody has looked at a file yet; what is in the layers is known all the same. */
  @Test
  void layersAreIndexedWhileTheyCome() throws IOException {
    image(at("indexed/app:1"));
    store.push(at("indexed/app:1"));
    Path pulled = folder.resolve("pulled");
    try (ImageStore target = ImageStore.open(pulled)) {
      Image app = target.pull(at("indexed/app:1"));
      try (Stream<Path> indexes = Files.list(pulled.resolve("lamina/indexes"))) {
        assertThat(indexes).hasSize(app.layers().size());
      }
    }
  }

  @Test
  void blobGoesInChunksWhereThatIsAsked() throws IOException {
    Image app = image(at("chunks/app:1"));
    store.push(Push.of(at("chunks/app:1")).registry(options -> options.withChunkSize(30_000)));
    assertThat(other.pull(at("chunks/app:1")).tree().diff(app.tree())).isEmpty();
  }

  @Test
  void everyPlatformOfAnIndexIsPulledAlone() throws IOException {
    Image host = image("app:host");
    Image arm =
        store.image(
            Samples.put(store.local(), Platform.parse("linux/arm64"), file("/arm", "arm"))
                .id()
                .toString());
    store.tagTogether(at("multi/app:1"), List.of(host, arm));
    Descriptor index = store.push(at("multi/app:1"));

    assertThat(index.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    assertThat(other.pull(Pull.of(at("multi/app:1")).platform("linux/arm64")).id())
        .isEqualTo(arm.id());
    assertThat(other.pull(at("multi/app:1")).id()).isEqualTo(host.id());
    assertThatThrownBy(() -> other.pull(Pull.of(at("multi/app:1")).platform("linux/s390x")))
        .hasMessageContaining("expected an image for linux/s390x, found those for linux/amd64");

    assertThat(other.pull(Pull.of(at("multi/app:1")).allPlatforms()).id()).isEqualTo(host.id());
    assertThat(other.push(Push.of(at("multi/app:1")).to(at("multi/copy:1")))).isEqualTo(index);
  }

  @Test
  void tagsAreListedAndManifestsDeleted() throws IOException {
    image(at("tags/app:1"));
    Descriptor pushed = store.push(at("tags/app:1"));
    store.push(Push.of(at("tags/app:1")).to(at("tags/app:2")));
    RegistryClient client = RegistryClient.of(RegistryOptions.DEFAULT);
    ImageReference app = ImageReference.parse(at("tags/app:1"));

    assertThat(client.tags(app)).containsExactlyInAnyOrder("1", "2");
    client.delete(app.withDigest(pushed.digest()));
    assertThat(client.head(app)).isEmpty();
    assertThatThrownBy(() -> other.pull(at("tags/app:1")))
        .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isNotFound()).isTrue());
    assertThat(other.images()).isEmpty();
  }

  @Test
  void referrersAreFound() throws IOException {
    image(at("refer/app:1"));
    Descriptor app = store.push(at("refer/app:1"));
    RegistryClient client = RegistryClient.of(RegistryOptions.DEFAULT);
    ImageReference name = ImageReference.parse(at("refer/app:1"));
    byte[] empty = "{}".getBytes(StandardCharsets.UTF_8);
    Descriptor config = Descriptor.of(MediaTypes.OCI_EMPTY, empty);
    assertThat(client.putBlob(name, config, Content.of(empty), List.of())).isTrue();
    byte[] plain = Manifest.of(config, List.of(config), Map.of()).raw();
    String subject =
        ",\"artifactType\":\"test/note\",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}}";
    String json = new String(plain, StandardCharsets.UTF_8);
    byte[] note =
        (json.substring(0, json.length() - 1)
                + subject.formatted(app.mediaType(), app.digest(), app.size()))
            .getBytes(StandardCharsets.UTF_8);
    Descriptor descriptor = Descriptor.of(MediaTypes.OCI_MANIFEST, note);
    client.putManifest(name.withDigest(descriptor.digest()), descriptor, note);

    assertThat(client.referrers(name, app.digest(), Optional.of("test/note")))
        .extracting(Descriptor::digest)
        .containsExactly(descriptor.digest());
    assertThat(client.referrers(name, Digest.sha256("none"), Optional.empty())).isEmpty();
  }

  @Test
  void passwordIsAskedForAndTaken() throws IOException {
    try (DockerRegistry locked = DockerRegistry.in(folder).withPassword().start()) {
      String name = locked.host() + "/app:1";
      Image app = image(name);
      Credential right = new Credential.Basic(DockerRegistry.USER, DockerRegistry.PASSWORD);
      assertThatThrownBy(() -> store.push(Push.of(name).credential(right)))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("expected HTTPS to send credentials over, found plain HTTP")
          .hasMessageNotContaining(DockerRegistry.PASSWORD);
      Push push =
          Push.of(name)
              .registry(o -> o.withOnlyCredentials((r, p) -> Optional.empty()))
              .registry(o -> o.withInsecure(locked.host()));
      Push guess = push.credential(new Credential.Basic(DockerRegistry.USER, "guess"));
      for (Push each : List.of(push, guess)) {
        assertThatThrownBy(() -> store.push(each))
            .isInstanceOfSatisfying(
                RegistryException.class, e -> assertThat(e.isUnauthorized()).isTrue());
      }
      assertThat(locked.blobs()).isEmpty();

      store.push(push.credential(right));
      Pull pull = Pull.of(name).registry(o -> o.withInsecure(locked.host()));
      assertThat(other.pull(pull.credential(right)).id()).isEqualTo(app.id());
    }
  }

  @Test
  void certificateIsCheckedAgainstTheAuthoritiesThatAreTrusted() throws IOException {
    TestAuthority authority = TestAuthority.make(folder);
    try (DockerRegistry secured = DockerRegistry.in(folder).withTls(authority).start()) {
      String name = secured.host() + "/app:1";
      Image app = image(name);
      assertThatThrownBy(() -> store.push(name))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("expected a trusted certificate over TLS")
          .hasCauseInstanceOf(SSLHandshakeException.class);
      store.push(Push.of(name).registry(o -> o.withCaCertificates(authority.authority())));
      Pull insecure = Pull.of(name).registry(o -> o.withInsecure(secured.host()));
      assertThat(other.pull(insecure).id()).isEqualTo(app.id());
    }
  }
}
