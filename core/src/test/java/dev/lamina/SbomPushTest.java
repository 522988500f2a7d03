// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static dev.lamina.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.registry.DockerRegistry;
import dev.lamina.registry.RegistryClient;
import dev.lamina.registry.RegistryOptions;
import dev.lamina.sbom.Sbom;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SbomPushTest {
  @TempDir Path folder;

  @Test
  void theBillRefersToTheImageAsItIsInTheRegistry() throws Exception {
    try (DockerRegistry registry = DockerRegistry.in(folder).start();
        ImageStore store = ImageStore.inMemory()) {
      String name = registry.host() + "/shop/app:1";
      Samples.named(
          store.local(), name, file("/lib/apk/db/installed", "P:musl\nV:1.2.5-r0\nL:MIT\n"));

      Descriptor pushed = store.push(Push.of(name).withSbom());

      RegistryClient client = RegistryClient.of(RegistryOptions.DEFAULT);
      ImageReference place = ImageReference.parse(name);
      List<Descriptor> referrers =
          client.referrers(place, pushed.digest(), Optional.of(Sbom.SPDX_MEDIA_TYPE));
      assertThat(referrers).hasSize(1);
      Manifest manifest =
          Manifest.parse(client.manifest(place.withDigest(referrers.get(0).digest())).raw());
      assertThat(manifest.artifactType()).contains(Sbom.SPDX_MEDIA_TYPE);
      assertThat(manifest.subject().orElseThrow().digest()).isEqualTo(pushed.digest());
      try (InputStream bill = client.openBlob(place, manifest.layers().get(0))) {
        assertThat(new String(bill.readAllBytes(), StandardCharsets.UTF_8))
            .contains("pkg:apk/alpine/musl@1.2.5-r0")
            .contains(pushed.digest().hex());
      }
    }
  }
}
