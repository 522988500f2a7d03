// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final String D = Digest.sha256("x").toString();
  private static final String CONFIG =
      "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
          + D
          + "\",\"size\":1}";

  private static byte[] bytes(String json) {
    return json.replace("$D", D).replace("$CONFIG", CONFIG).getBytes(StandardCharsets.UTF_8);
  }

  /** The digest is that of the manifest in what {@code docker save} of Engine 28.5.2 wrote. */
  @Test
  void manifestMadeHereHasTheDigestDockerGivesIt() {
    Manifest manifest =
        Manifest.of(
            Descriptor.of(
                MediaTypes.OCI_CONFIG,
                Digest.parse(
                    "sha256:0116d87314dd9a2b9b2f592591ad15d05db5872350f8af032bb4fbb75f011d47"),
                580),
            List.of(
                Descriptor.of(
                    MediaTypes.OCI_LAYER,
                    Digest.parse(
                        "sha256:04c4cb42c56357b83fd991039ce66bc5dba9ee8766685cd84f35031e646a3ea2"),
                    3072)),
            Map.of());
    assertThat(manifest.digest())
        .hasToString("sha256:7a0552046c7e11196f01ecee4b07ae91dd43b7ed5437a75e56a17d06a1cd28db");
    assertThat(manifest.raw()).hasSize(397);
  }

  @Test
  void documentKeepsItsBytesAndItsUnknownFields() throws InvalidImageException {
    byte[] raw =
        bytes(
            "{ \"x-new\":[1.0], \"schemaVersion\":2,\"config\":$CONFIG, \"layers\":[{\"mediaType\":"
                + "\"a/b\",\"digest\":\"$D\",\"size\":7,\"x\":{\"y\":null},\"urls\":[\"u\"],"
                + "\"data\":\"YQ==\",\"platform\":{\"os\":\"o\",\"architecture\":\"a\"}}]}");
    Manifest manifest = Manifest.parse(raw, MediaTypes.OCI_MANIFEST);
    assertThat(manifest.raw()).isEqualTo(raw);
    assertThat(manifest.digest()).isEqualTo(Digest.sha256(raw));
    assertThat(manifest.layers().get(0).data()).hasValue("a".getBytes(StandardCharsets.UTF_8));

    Manifest annotated = manifest.withAnnotation("k", "v");
    assertThat(new String(annotated.raw(), StandardCharsets.UTF_8))
        .isEqualTo(
            new String(
                bytes(
                    "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"config\":$CONFIG,\"layers\":[{\"mediaType\":\"a/b\",\"digest\":\"$D\","
                        + "\"size\":7,\"urls\":[\"u\"],\"data\":\"YQ==\","
                        + "\"platform\":{\"architecture\":\"a\",\"os\":\"o\"},\"x\":{\"y\":null}}],"
                        + "\"annotations\":{\"k\":\"v\"},\"x-new\":[1.0]}"),
                StandardCharsets.UTF_8));
    assertThat(manifest.annotations()).isEmpty();
  }

  @Test
  void documentIsWhatItSaysItIs() throws InvalidImageException {
    assertThat(ImageDocument.parse(bytes("{\"schemaVersion\":2,\"manifests\":[]}"), ""))
        .isInstanceOf(ImageIndex.class);
    assertThat(
            ImageDocument.parse(
                bytes("{\"schemaVersion\":2,\"config\":$CONFIG,\"layers\":[]}"),
                MediaTypes.DOCKER_MANIFEST))
        .isInstanceOf(Manifest.class)
        .extracting(ImageDocument::mediaType)
        .isEqualTo(MediaTypes.DOCKER_MANIFEST);
  }

  /** CVE-2021-41190: what one reader takes for a manifest and another for an index. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaVersion\":2,\"config\":$CONFIG,\"layers\":[],\"manifests\":[]}",
        "{\"schemaVersion\":2,\"layers\":[],\"manifests\":[]}",
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
            + "\"config\":$CONFIG,\"layers\":[]}",
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"manifests\":[]}",
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"config\":$CONFIG,\"layers\":[],\"manifests\":[{\"mediaType\":\"a\",\"digest\":\"$D\","
            + "\"size\":1}]}",
        "{\"schemaVersion\":2,\"mediaType\":\"text/plain\",\"config\":$CONFIG,\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":$CONFIG,\"fsLayers\":[],\"manifests\":[]}",
        "{\"schemaVersion\":2,\"config\":$CONFIG,\"layers\":[],\"layers\":[]}"
      })
  void ambiguousDocumentIsRefused(String json) {
    for (String type : List.of("", MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX)) {
      assertThatThrownBy(() -> ImageDocument.parse(bytes(json), type))
          .isInstanceOf(InvalidImageException.class);
    }
  }

  @Test
  void documentOfAnotherTypeThanItsDescriptorSaysIsRefused() {
    byte[] docker =
        bytes(
            "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\","
                + "\"config\":$CONFIG,\"layers\":[]}");
    assertThatThrownBy(() -> Manifest.parse(docker, MediaTypes.OCI_MANIFEST))
        .isInstanceOf(InvalidImageException.class)
        .hasMessage(
            "manifest.mediaType: expected \"application/vnd.oci.image.manifest.v1+json\","
                + " found \"application/vnd.docker.distribution.manifest.v2+json\"");
  }

  @Test
  void oldDockerFormatIsRefusedWithAWordOnWhatToDo() {
    assertThatThrownBy(() -> Manifest.parse(bytes("{\"schemaVersion\":1,\"fsLayers\":[]}")))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("found 1: Docker's old format");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"config\":$CONFIG,\"layers\":[]}",
        "{\"schemaVersion\":3,\"config\":$CONFIG,\"layers\":[]}",
        "{\"schemaVersion\":2,\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"$D\"},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"size\":1},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"$D\",\"size\":-1},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"$D\",\"size\":1.5},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"$D\",\"size\":1e99},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:../x\",\"size\":1},\"layers\":[]}",
        "{\"schemaVersion\":2,\"config\":$CONFIG,\"layers\":{}}",
        "{\"schemaVersion\":2,\"config\":$CONFIG,\"layers\":[1]}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"$D\",\"size\":1,\"data\":\"%\"},\"layers\":[]}"
      })
  void brokenManifestIsRefused(String json) {
    assertThatThrownBy(() -> Manifest.parse(bytes(json)))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageStartingWith("manifest");
  }

  @Test
  void manifestOverFourMegabytesIsRefused() {
    assertThatThrownBy(() -> Manifest.parse(new byte[(4 << 20) + 1]))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("expected at most 4194304 bytes");
  }

  @Test
  void indexKeepsWhatItDoesNotKnow() throws InvalidImageException {
    byte[] raw =
        bytes(
            "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"a\",\"digest\":\"$D\",\"size\":1,"
                + "\"z\":0}],\"subject\":$CONFIG,\"zz\":1}");
    ImageIndex index = ImageIndex.parse(raw);
    assertThat(index.raw()).isEqualTo(raw);
    ImageIndex shorter = index.withManifests(List.of()).withAnnotation("a", "b");
    assertThat(new String(shorter.raw(), StandardCharsets.UTF_8))
        .isEqualTo(
            new String(
                bytes(
                    "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                        + "\"manifests\":[],\"subject\":$CONFIG,\"annotations\":{\"a\":\"b\"},\"zz\":1}"),
                StandardCharsets.UTF_8));
  }
}
