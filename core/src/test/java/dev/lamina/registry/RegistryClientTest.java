// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
  private static final RegistryOptions OPTIONS =
      RegistryOptions.DEFAULT
          .withOnlyCredentials((registry, repository) -> Optional.empty())
          .withAttempts(4, Duration.ofMillis(1))
          .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));

  private MemoryRegistry registry;
  private RegistryClient client;
  private ImageReference app;

  @BeforeEach
  void start() throws IOException {
    registry = MemoryRegistry.start();
    client = RegistryClient.of(OPTIONS);
    app = ImageReference.parse(registry.host() + "/shop/app:1");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static Manifest manifest(byte[]... layers) {
    List<Descriptor> descriptors =
        List.of(layers).stream().map(l -> Descriptor.of(MediaTypes.OCI_LAYER_GZIP, l)).toList();
    return Manifest.of(
        Descriptor.of(MediaTypes.OCI_EMPTY, new byte[] {'{', '}'}), descriptors, Map.of());
  }

  private byte[] read(byte[] blob) throws IOException {
    try (InputStream in = client.openBlob(app, Descriptor.of("", blob))) {
      return in.readAllBytes();
    }
  }

  @Test
  void manifestIsFetchedByTagAndByDigest() throws IOException {
    Manifest manifest = manifest(random(10));
    registry.putManifest("shop/app", "1", MediaTypes.OCI_MANIFEST, manifest.raw());

    RegistryClient.Document byTag = client.manifest(app);
    assertThat(byTag.descriptor()).isEqualTo(manifest.descriptor());
    assertThat(byTag.raw()).isEqualTo(manifest.raw());
    assertThat(client.manifest(app.withDigest(manifest.digest())).raw()).isEqualTo(manifest.raw());
    assertThat(client.head(app)).contains(manifest.descriptor());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/json"
      })
  void imageInDockersOldFormatIsRefusedAndGetsNoName(String mediaType) throws IOException {
    byte[] raw =
        "{\"schemaVersion\":1,\"name\":\"shop/app\",\"tag\":\"1\",\"fsLayers\":[],\"history\":[]}"
            .getBytes(StandardCharsets.UTF_8);
    registry.putManifest("shop/app", "1", mediaType, raw);
    try (LocalStore store = LocalStore.inMemory()) {
      ImagePull pull = ImagePull.into(store, client);
      assertThatThrownBy(() -> pull.platform(app, Platform.host()))
          .isInstanceOf(InvalidImageException.class)
          .hasMessageContaining("expected schema version 2, found 1: Docker's old format");
      assertThatThrownBy(() -> pull.everything(app))
          .isInstanceOf(InvalidImageException.class)
          .hasMessageContaining("expected schema version 2, found 1: Docker's old format");
      assertThat(store.names().list()).isEmpty();
      assertThat(store.blobs().digests()).isEmpty();
    }
  }

  @Test
  void missingManifestIsNamedWithTheRegistrysWords() throws IOException {
    assertThat(client.head(app)).isEmpty();
    assertThatThrownBy(() -> client.manifest(app))
        .isInstanceOfSatisfying(
            RegistryException.class,
            e -> {
              assertThat(e.isNotFound()).isTrue();
              assertThat(e.codes()).containsExactly("MANIFEST_UNKNOWN");
            })
        .hasMessage(
            "GET http://"
                + registry.host()
                + "/v2/shop/app/manifests/1: expected manifest "
                + app.familiar()
                + ", found status 404: MANIFEST_UNKNOWN as the test wants it");
  }

  @Test
  void manifestThatIsNotWhatItsDigestSaysIsRefused() {
    Digest pinned = Digest.sha256("another");
    byte[] raw = manifest().raw();
    registry.intercept(
        exchange -> {
          boolean manifests = exchange.getRequestURI().getPath().contains("/manifests/");
          if (manifests) {
            MemoryRegistry.answer(exchange, 200, raw, "Content-Type", MediaTypes.OCI_MANIFEST);
          }
          return manifests;
        });
    assertThatThrownBy(() -> client.manifest(app.withDigest(pinned)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected digest " + pinned + ", found " + Digest.sha256(raw));
  }

  @Test
  void endlessManifestIsCutOff() {
    registry.intercept(
        exchange -> {
          if (!exchange.getRequestURI().getPath().contains("/manifests/")) {
            return false;
          }
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[1 << 16];
          try {
            while (true) {
              exchange.getResponseBody().write(chunk);
            }
          } catch (IOException e) {
            return true;
          }
        });
    assertThatThrownBy(() -> client.manifest(app))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("expected at most 4194304 bytes, found more");
  }

  @Test
  void blobIsUploadedInOneRequestIfItIsSmall() throws IOException {
    byte[] small = random(1000);
    assertThat(client.putBlob(app, Descriptor.of("", small), Content.of(small), List.of()))
        .isTrue();
    assertThat(read(small)).isEqualTo(small);
    assertThat(registry.requests())
        .extracting(MemoryRegistry.Request::method)
        .containsExactly("HEAD", "POST", "PUT", "GET");
  }

  @Test
  void largeBlobIsUploadedAndThenConfirmed() throws IOException {
    byte[] large = random(5 << 20);
    assertThat(client.putBlob(app, Descriptor.of("", large), Content.of(large), List.of()))
        .isTrue();
    assertThat(read(large)).isEqualTo(large);
    assertThat(registry.requests())
        .extracting(MemoryRegistry.Request::method)
        .containsExactly("HEAD", "POST", "PATCH", "PUT", "GET");
  }

  @Test
  void blobIsUploadedInChunksWhereThatIsAsked() throws IOException {
    client = RegistryClient.of(OPTIONS.withChunkSize(300));
    byte[] blob = random(1000);
    assertThat(client.putBlob(app, Descriptor.of("", blob), Content.of(blob), List.of())).isTrue();
    assertThat(registry.requests())
        .filteredOn(request -> request.method().equals("PATCH"))
        .extracting(request -> request.headers().get("Content-range").get(0))
        .containsExactly("0-299", "300-599", "600-899", "900-999");
    assertThat(read(blob)).isEqualTo(blob);
  }

  @Test
  void emptyBlobCanBePutToo() throws IOException {
    byte[] empty = new byte[0];
    assertThat(client.putBlob(app, Descriptor.of("", empty), Content.empty(), List.of())).isTrue();
    assertThat(read(empty)).isEmpty();
  }

  @Test
  void blobThatIsThereIsNotSent() throws IOException {
    byte[] blob = random(100);
    registry.putBlob("shop/app", blob);
    assertThat(client.putBlob(app, Descriptor.of("", blob), Content.of(blob), List.of())).isFalse();
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void blobOfAnotherRepositoryIsMounted() throws IOException {
    byte[] blob = random(100);
    registry.putBlob("base/debian", blob);
    ImageReference base = ImageReference.parse(registry.host() + "/base/debian");
    assertThat(client.putBlob(app, Descriptor.of("", blob), Content.of(blob), List.of(base)))
        .isFalse();
    assertThat(read(blob)).isEqualTo(blob);
    assertThat(registry.requests())
        .extracting(MemoryRegistry.Request::method)
        .containsExactly("HEAD", "POST", "GET");
  }

  @Test
  void blobThatCanNotBeMountedIsSentInTheUploadThatBegan() throws IOException {
    byte[] blob = random(100);
    registry.putBlob("base/debian", blob);
    registry.refuseMounts();
    ImageReference base = ImageReference.parse(registry.host() + "/base/debian");
    ImageReference elsewhere = ImageReference.parse("quay.io/base/debian");
    assertThat(
            client.putBlob(
                app, Descriptor.of("", blob), Content.of(blob), List.of(elsewhere, base)))
        .isTrue();
    assertThat(registry.requests())
        .extracting(MemoryRegistry.Request::method)
        .containsExactly("HEAD", "POST", "PUT");
  }

  @Test
  void tagsAreListedOverAllPages() throws IOException {
    for (String tag : List.of("1", "2", "3", "4", "5")) {
      registry.putManifest("shop/app", tag, MediaTypes.OCI_MANIFEST, manifest().raw());
    }
    assertThat(client.tags(app)).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void deletedManifestIsGone() throws IOException {
    Manifest manifest = manifest();
    registry.putManifest("shop/app", "1", MediaTypes.OCI_MANIFEST, manifest.raw());
    client.delete(app.withDigest(manifest.digest()));
    assertThat(client.head(app)).isEmpty();
    assertThatThrownBy(() -> client.delete(app.withDigest(manifest.digest())))
        .isInstanceOf(RegistryException.class);
  }

  /** This registry keeps no list of referrers, so the client keeps it under a tag. */
  @Test
  void referrersAreFoundWhereTheRegistryListsNone() throws IOException {
    Manifest image = manifest(random(10));
    client.putManifest(app, image.descriptor(), image.raw());
    for (String name : List.of("signature", "sbom")) {
      byte[] raw =
          ("{\"schemaVersion\":2,\"mediaType\":\""
                  + MediaTypes.OCI_MANIFEST
                  + "\",\"artifactType\":\"test/"
                  + name
                  + "\",\"config\":{\"mediaType\":\""
                  + MediaTypes.OCI_EMPTY
                  + "\",\"digest\":\""
                  + Digest.sha256("{}")
                  + "\",\"size\":2},\"layers\":[],\"subject\":{\"mediaType\":\""
                  + MediaTypes.OCI_MANIFEST
                  + "\",\"digest\":\""
                  + image.digest()
                  + "\",\"size\":1},\"annotations\":{\"of\":\""
                  + name
                  + "\"}}")
              .getBytes(StandardCharsets.UTF_8);
      Descriptor descriptor = Descriptor.of(MediaTypes.OCI_MANIFEST, raw);
      client.putManifest(app.withDigest(descriptor.digest()), descriptor, raw);
    }

    assertThat(client.referrers(app, image.digest(), Optional.empty()))
        .extracting(referrer -> referrer.annotations().get("of"))
        .containsExactly("signature", "sbom");
    assertThat(client.referrers(app, image.digest(), Optional.of("test/sbom"))).hasSize(1);
    assertThat(client.referrers(app, Digest.sha256("nothing"), Optional.empty())).isEmpty();
    assertThat(
            ImageIndex.parse(registry.manifest("shop/app", "sha256-" + image.digest().hex()))
                .manifests())
        .hasSize(2);
  }

  @Test
  void mirrorIsAskedFirst() throws IOException {
    Manifest manifest = manifest();
    registry.putManifest("library/debian", "12", MediaTypes.OCI_MANIFEST, manifest.raw());
    client =
        RegistryClient.of(
            OPTIONS.withMirror("docker.io", URI.create("http://" + registry.host() + "/")));
    assertThat(client.manifest(ImageReference.parse("debian:12")).raw()).isEqualTo(manifest.raw());
  }

  @Test
  void mirrorThatHasNotIsPassedOver() throws IOException {
    Manifest manifest = manifest();
    registry.putManifest("shop/app", "1", MediaTypes.OCI_MANIFEST, manifest.raw());
    try (MemoryRegistry mirror = MemoryRegistry.start()) {
      client =
          RegistryClient.of(
              OPTIONS
                  .withMirror(registry.host(), URI.create("http://127.0.0.1:1/"))
                  .withMirror(registry.host(), URI.create("http://" + mirror.host())));
      assertThat(client.manifest(app).raw()).isEqualTo(manifest.raw());
      assertThat(mirror.requests()).isNotEmpty();
    }
  }

  @Test
  void brokenDownloadGoesOnWhereItBroke() throws IOException {
    byte[] blob = random(200_000);
    registry.putBlob("shop/app", blob);
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    registry.intercept(
        exchange -> {
          boolean first =
              exchange.getRequestMethod().equals("GET") && requests.getAndIncrement() == 1;
          if (first) {
            exchange.sendResponseHeaders(200, blob.length);
            exchange.getResponseBody().write(blob, 0, 120_000);
            exchange.getResponseBody().flush();
            Uninterruptibles.awaitUninterruptibly(begun);
            throw new IOException("broken");
          }
          return false;
        });
    ByteArrayOutputStream found = new ByteArrayOutputStream();
    try (InputStream in = client.openBlob(app, Descriptor.of("", blob))) {
      found.write(in.readNBytes(1_000));
      begun.countDown();
      in.transferTo(found);
    }
    assertThat(found.toByteArray()).isEqualTo(blob);
    assertThat(registry.requests().get(1).headers().get("Range"))
        .singleElement()
        .satisfies(
            range ->
                assertThat(Integer.parseInt(range.replaceAll("\\D", "")))
                    .isBetween(1_000, 120_000));
  }

  @Test
  void registryThatAsksForPatienceGetsIt() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    registry.putManifest("shop/app", "1", MediaTypes.OCI_MANIFEST, manifest().raw());
    registry.intercept(
        exchange -> {
          boolean busy =
              exchange.getRequestURI().getPath().contains("/manifests/")
                  && requests.getAndIncrement() == 0;
          if (busy) {
            MemoryRegistry.answer(exchange, 429, "Retry-After", "1");
          }
          return busy;
        });
    long before = System.nanoTime();
    assertThat(client.head(app)).isPresent();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(990));
  }
}
