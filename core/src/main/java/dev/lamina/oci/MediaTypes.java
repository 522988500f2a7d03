// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import java.util.Set;

/** The media types of images, as the OCI specification and Docker's registry API name them. */
public final class MediaTypes {
  /** An OCI image manifest. */
  public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** An OCI image index: manifests of several platforms. */
  public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";

  /** An OCI image configuration. */
  public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";

  /** An uncompressed layer. */
  public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";

  /** A layer compressed with gzip. */
  public static final String OCI_LAYER_GZIP = OCI_LAYER + "+gzip";

  /** A layer compressed with Zstandard. */
  public static final String OCI_LAYER_ZSTD = OCI_LAYER + "+zstd";

  /** The two bytes <code>{}</code>, where a document wants a blob and there is nothing to say. */
  public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

  /** A Docker image manifest, version 2, schema 2. */
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";

  /** A Docker manifest list: manifests of several platforms. */
  public static final String DOCKER_INDEX =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  /** A Docker image configuration. */
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";

  /** An uncompressed layer, in Docker's words. */
  public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";

  /** A layer compressed with gzip, in Docker's words. */
  public static final String DOCKER_LAYER_GZIP = DOCKER_LAYER + ".gzip";

  /** A layer that is fetched from a URL of its own and not pushed. */
  public static final String DOCKER_FOREIGN_LAYER_GZIP =
      "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

  private static final String OCI_FOREIGN_LAYER =
      "application/vnd.oci.image.layer.nondistributable.v1.tar";

  private static final Set<String> FOREIGN_LAYERS =
      Set.of(
          DOCKER_FOREIGN_LAYER_GZIP,
          "application/vnd.docker.image.rootfs.foreign.diff.tar",
          OCI_FOREIGN_LAYER,
          OCI_FOREIGN_LAYER + "+gzip",
          OCI_FOREIGN_LAYER + "+zstd");

  private static final Set<String> LAYERS =
      Set.of(
          OCI_LAYER,
          OCI_LAYER_GZIP,
          OCI_LAYER_ZSTD,
          DOCKER_LAYER,
          DOCKER_LAYER_GZIP,
          DOCKER_LAYER + ".zstd");

  private MediaTypes() {}

  /** Returns whether {@code mediaType} is an image manifest, of OCI or Docker. */
  public static boolean isManifest(String mediaType) {
    return mediaType.equals(OCI_MANIFEST) || mediaType.equals(DOCKER_MANIFEST);
  }

  /** Returns whether {@code mediaType} is an index or a manifest list. */
  public static boolean isIndex(String mediaType) {
    return mediaType.equals(OCI_INDEX) || mediaType.equals(DOCKER_INDEX);
  }

  /** Returns whether {@code mediaType} is an image configuration. */
  public static boolean isConfig(String mediaType) {
    return mediaType.equals(OCI_CONFIG) || mediaType.equals(DOCKER_CONFIG);
  }

  /** Returns whether {@code mediaType} is a tar layer, compressed or not, foreign or not. */
  public static boolean isLayer(String mediaType) {
    return LAYERS.contains(mediaType) || isForeignLayer(mediaType);
  }

  /** Returns whether {@code mediaType} is a layer that must not be pushed. */
  public static boolean isForeignLayer(String mediaType) {
    return FOREIGN_LAYERS.contains(mediaType);
  }
}
