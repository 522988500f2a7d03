// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.Samples;
import dev.lamina.archive.NamedImage;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Content;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a repository may hold by the distribution specification is pulled into a store and
 * pushed from it with the same bytes under the same digests.
 */
class ImageShapesTest {
  private RegistryClient client;
  private ImageReference repository;

  /** What a repository of a registry has. */
  private interface Contents {
    Map<String, String> of(String repository) throws IOException;
  }

  /** The shapes of the specification's conformance tests. */
  enum Shape {
    IMAGE,
    INDEX,
    NESTED_INDEX,
    SPARSE_INDEX,
    ARTIFACT,
    SUBJECT,
    MISSING_SUBJECT,
    DATA_FIELD,
    NONDISTRIBUTABLE,
    CUSTOM_FIELDS,
    NO_LAYERS,
    EMPTY_BLOB,
    SHA512_DIGESTS
  }

  @ParameterizedTest
  @EnumSource
  void everyShapeLeavesAsItCame(Shape shape) throws IOException {
    try (MemoryRegistry registry = MemoryRegistry.start()) {
      open(registry.host());
      put(make(shape), true);
      assertLeavesAsItCame(shape, name -> contents(registry, name));
    }
  }

  /** docker-registry 2.8 wants every part of an index, and to name manifests by SHA-256. */
  @ParameterizedTest
  @EnumSource
  void dockerRegistryGivesAndGetsThemToo(Shape shape, @TempDir Path folder) throws IOException {
    boolean refused = shape == Shape.SPARSE_INDEX || shape == Shape.SHA512_DIGESTS;
    try (DockerRegistry registry = DockerRegistry.in(folder).start()) {
      open(registry.host());
      if (refused) {
        assertThatThrownBy(() -> put(make(shape), true)).isInstanceOf(RegistryException.class);
      } else {
        put(make(shape), true);
        assertLeavesAsItCame(shape, registry::contents);
      }
    }
  }

  /** Docker's and containerd's references know it, the specification doesn't. */
  @Test
  void sha384NamesAllPartsToo() throws IOException {
    try (MemoryRegistry registry = MemoryRegistry.start()) {
      open(registry.host());
      put(named("sha384"), true);
      assertLeavesAsItCame(Shape.SHA512_DIGESTS, name -> contents(registry, name));
    }
  }

  private void open(String registry) throws IOException {
    client = RegistryClient.of(RegistryOptions.DEFAULT);
    repository = ImageReference.parse(registry + "/seed:1");
  }

  private void assertLeavesAsItCame(Shape shape, Contents contents) throws IOException {
    Map<String, String> seeded = contents.of("seed");
    assertThat(seeded).isNotEmpty();
    ImageReference copy = ImageReference.parse(repository.domain() + "/copy:1");
    try (LocalStore store = LocalStore.inMemory()) {
      NamedImage pulled = ImagePull.into(store, client).everything(repository);
      Descriptor unused = ImagePush.from(store, client).run(pulled.image(), copy);
      assertThat(store.check().findings()).isEmpty();
    }
    assertThat(client.manifest(copy).raw()).isEqualTo(client.manifest(repository).raw());
    if (shape == Shape.SUBJECT) { // what a manifest is about is no part of it
      assertThat(seeded).containsAllEntriesOf(contents.of("copy"));
    } else {
      assertThat(contents.of("copy")).isEqualTo(seeded);
    }
  }

  private static Map<String, String> contents(MemoryRegistry registry, String name) {
    Map<String, String> own = new TreeMap<>();
    registry
        .contents()
        .forEach(
            (key, value) -> {
              if (key.matches(name + "[@:].*")) {
                own.put(key.substring(name.length()), value);
              }
            });
    return own;
  }

  private String make(Shape shape) throws IOException {
    return switch (shape) {
      case IMAGE -> image("", "");
      case CUSTOM_FIELDS -> image(",\"test.unknown\":{\"a\":[1, 2]}", ",\"x-own\":true");
      case DATA_FIELD -> {
        byte[] config = config(List.of());
        blob(config, "sha256");
        String data = ",\"data\":\"" + Base64.getEncoder().encodeToString(config) + "\"";
        yield manifest(descriptor(MediaTypes.OCI_CONFIG, config, data), List.of(), "");
      }
      case NO_LAYERS -> {
        byte[] config = config(List.of());
        blob(config, "sha256");
        yield manifest(descriptor(MediaTypes.OCI_CONFIG, config, ""), List.of(), "");
      }
      case INDEX -> index(List.of(put(image("", ""), false), put(artifact(""), false)));
      case NESTED_INDEX -> index(List.of(put(index(List.of(put(image("", ""), false))), false)));
      case SPARSE_INDEX ->
          index(
              List.of(
                  put(image("", ""), false),
                  descriptor(MediaTypes.OCI_MANIFEST, new byte[] {1}, "")));
      case ARTIFACT -> artifact("");
      case SUBJECT -> artifact(",\"subject\":" + put(image("", ""), false));
      case MISSING_SUBJECT ->
          artifact(",\"subject\":" + descriptor(MediaTypes.OCI_MANIFEST, new byte[] {2}, ""));
      case NONDISTRIBUTABLE -> {
        byte[] config = config(List.of(Digest.sha256("a layer that is elsewhere")));
        blob(config, "sha256");
        String type = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";
        String layer =
            descriptor(type, new byte[] {3}, ",\"urls\":[\"https://example.invalid/l\"]");
        yield manifest(descriptor(MediaTypes.OCI_CONFIG, config, ""), List.of(layer), "");
      }
      case EMPTY_BLOB -> {
        byte[] empty = {'{', '}'};
        blob(empty, "sha256");
        blob(new byte[0], "sha256");
        yield manifest(
            descriptor(MediaTypes.OCI_EMPTY, empty, ""),
            List.of(descriptor("application/octet-stream", new byte[0], "")),
            "");
      }
      case SHA512_DIGESTS -> named("sha512");
    };
  }

  /** An index of an image whose parts, and which itself, are named by an algorithm. */
  private String named(String algorithm) throws IOException {
    byte[] layer = layer();
    byte[] config = config(List.of(diffId()));
    blob(config, algorithm);
    blob(layer, algorithm);
    String manifest =
        manifest(
            named(MediaTypes.OCI_CONFIG, digest(config, algorithm), config.length, ""),
            List.of(named(MediaTypes.OCI_LAYER_GZIP, digest(layer, algorithm), layer.length, "")),
            "");
    byte[] raw = manifest.getBytes(StandardCharsets.UTF_8);
    Digest digest = digest(raw, algorithm);
    client.putManifest(
        repository.withDigest(digest),
        Descriptor.of(MediaTypes.OCI_MANIFEST, digest, raw.length),
        raw);
    return index(List.of(named(MediaTypes.OCI_MANIFEST, digest, raw.length, "")));
  }

  private String image(String more, String ofLayer) throws IOException {
    byte[] layer = layer();
    byte[] config = config(List.of(diffId()));
    blob(layer, "sha256");
    blob(config, "sha256");
    return manifest(
        descriptor(MediaTypes.OCI_CONFIG, config, ""),
        List.of(descriptor(MediaTypes.OCI_LAYER_GZIP, layer, ofLayer)),
        more);
  }

  private String artifact(String more) throws IOException {
    byte[] empty = {'{', '}'};
    byte[] note = "a note".getBytes(StandardCharsets.UTF_8);
    blob(empty, "sha256");
    blob(note, "sha256");
    return manifest(
        descriptor(MediaTypes.OCI_EMPTY, empty, ""),
        List.of(descriptor("text/plain", note, "")),
        ",\"artifactType\":\"test/note\"" + more);
  }

  private static byte[] layer() throws IOException {
    try (LocalStore store = LocalStore.inMemory()) {
      Layer layer = store.layers().commit(Samples.file("/a", "a"));
      Descriptor blob = store.layers().blob(layer, CompressionOptions.jdkGzip(9));
      return store.blobs().require(blob.digest()).toByteArray();
    }
  }

  private static Digest diffId() throws IOException {
    try (LocalStore store = LocalStore.inMemory()) {
      return store.layers().commit(Samples.file("/a", "a")).diffId();
    }
  }

  private static byte[] config(List<Digest> layers) {
    ImageConfig config = ImageConfig.of(Platform.of("linux", "amd64"));
    for (Digest layer : layers) {
      config = config.withLayer(layer, HistoryEntry.layer(Samples.TIME, "COPY", ""));
    }
    return config.raw();
  }

  /** With blanks, as nobody here would write it. */
  private static String manifest(String config, List<String> layers, String more) {
    return "{\n \"schemaVersion\": 2,\"mediaType\":\""
        + MediaTypes.OCI_MANIFEST
        + "\",\n \"config\":"
        + config
        + ",\"layers\":["
        + String.join(",", layers)
        + "]"
        + more
        + "}";
  }

  private static String index(List<String> manifests) {
    return "{ \"schemaVersion\":2,\"mediaType\":\""
        + MediaTypes.OCI_INDEX
        + "\",\"manifests\":["
        + String.join(", ", manifests)
        + "]}";
  }

  private static String descriptor(String type, byte[] content, String more) {
    return named(type, Digest.sha256(content), content.length, more);
  }

  private static String named(String type, Digest digest, long size, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(type, digest, size, more);
  }

  private static Digest digest(byte[] content, String algorithm) {
    return Digest.of(Digest.hasher(algorithm).digest(content));
  }

  private void blob(byte[] content, String algorithm) throws IOException {
    Descriptor blob = Descriptor.of("", digest(content, algorithm), content.length);
    List<ImageReference> nowhere = new ArrayList<>();
    boolean unused = client.putBlob(repository, blob, Content.of(content), nowhere);
  }

  /** Puts a document under the tag or its digest, and returns what describes it. */
  @CanIgnoreReturnValue
  private String put(String document, boolean tagged) throws IOException {
    byte[] raw = document.getBytes(StandardCharsets.UTF_8);
    String type =
        document.contains("\"manifests\"") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST;
    Descriptor descriptor = Descriptor.of(type, raw);
    client.putManifest(
        tagged ? repository : repository.withDigest(descriptor.digest()), descriptor, raw);
    return descriptor(type, raw, "");
  }
}
