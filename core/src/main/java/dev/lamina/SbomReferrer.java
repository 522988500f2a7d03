// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.registry.RegistryClient;
import dev.lamina.sbom.Sbom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts an image's bill of materials beside it in a registry, as an artifact that refers to it. */
final class SbomReferrer {
  private SbomReferrer() {}

  /**
   * Pushes the bill of an image.
   *
   * @param pushed the image's manifest there
   * @param place the repository
   */
  static void push(Image image, Descriptor pushed, RegistryClient client, ImageReference place)
      throws IOException {
    byte[] bill = image.sbom(pushed.digest()).toSpdxJson().getBytes(StandardCharsets.UTF_8);
    Descriptor content = Descriptor.of(Sbom.SPDX_MEDIA_TYPE, bill);
    Manifest manifest = Manifest.artifact(Sbom.SPDX_MEDIA_TYPE, content, pushed);
    put(client, place, manifest.config(), Manifest.emptyConfig());
    put(client, place, content, bill);
    Descriptor descriptor = Descriptor.of(MediaTypes.OCI_MANIFEST, manifest.raw());
    client.putManifest(place.withDigest(descriptor.digest()), descriptor, manifest.raw());
  }

  private static void put(
      RegistryClient client, ImageReference place, Descriptor blob, byte[] bytes)
      throws IOException {
    var unused = client.putBlob(place, blob, Content.of(bytes), List.of());
  }
}
