// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.event.TransferListener;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.registry.RegistryOptions;
import dev.lamina.spi.Credential;
import dev.lamina.spi.CredentialProvider;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What to pull, and how.
 *
 * <pre>{@code
 * store.pull(Pull.of("registry:5000/shop/app:1.4")
 *     .platform("linux/arm64")
 *     .credential(new Credential.Basic("ci", token))
 *     .registry(options -> options.withCaCertificates(Path.of("ca.pem")))
 *     .listener(event -> progressBar.show(event)));
 * }</pre>
 *
 * <p>If nothing is said, it is the image for this host's platform, with the credentials that Docker
 * and Podman are configured with, over HTTPS. Immutable.
 */
public final class Pull {
  private final ImageReference reference;
  private final Optional<Platform> platform;
  private final boolean everything;
  private final boolean openLater;
  private final RegistryOptions options;
  private final TransferListener listener;

  private Pull(
      ImageReference reference,
      Optional<Platform> platform,
      boolean everything,
      boolean openLater,
      RegistryOptions options,
      TransferListener listener) {
    this.reference = reference;
    this.platform = platform;
    this.everything = everything;
    this.openLater = openLater;
    this.options = options;
    this.listener = listener;
  }

  /**
   * Returns a pull of a reference.
   *
   * @param reference as Docker takes it: {@code debian}, {@code registry:5000/shop/app:1.4}, {@code
   *     debian@sha256:…}
   * @throws IllegalArgumentException if it isn't one
   */
  public static Pull of(String reference) {
    return new Pull(
        ImageReference.parse(reference),
        Optional.empty(),
        false,
        false,
        RegistryOptions.DEFAULT,
        TransferListener.none());
  }

  /**
   * Returns this for another platform than this host's.
   *
   * @param wanted such as {@code linux/arm64} or {@code linux/arm/v7}
   * @throws IllegalArgumentException if it isn't one
   */
  public Pull platform(String wanted) {
    return platform(Platform.parse(wanted));
  }

  /** Returns this for another platform than this host's. */
  public Pull platform(Platform wanted) {
    return new Pull(reference, Optional.of(wanted), everything, openLater, options, listener);
  }

  /**
   * Returns this for all platforms, with whatever else an index names, such as attestations. The
   * name then stands for the index, and the image of it for the chosen platform, or this host's, is
   * what the store returns.
   */
  public Pull allPlatforms() {
    return new Pull(reference, platform, true, openLater, options, listener);
  }

  /**
   * Returns this for an image that is to be passed on rather than read: its layers are stored as
   * they come. What a pull costs is then the download and one digest.
   *
   * <p>Checked when it is pulled: manifest, configuration, and that each layer's blob is what its
   * digest says. When a layer is first read, it is decompressed, checked against its diff ID and
   * indexed, as the pull does otherwise. If it isn't what the diff ID says, whatever reads the
   * image's files throws a {@link dev.lamina.store.BlobMismatchException} that names the layer, the
   * diff ID and what was found; {@link ImageStore#check()} finds it without that. Until then {@link
   * Image#size()} counts the layer's blob.
   *
   * <p>{@link ImageStore#push}, tagging, listing, inspecting and writing to an OCI layout read no
   * layer; a Docker archive, which holds layers uncompressed, and a build do.
   */
  public Pull openingLater() {
    return new Pull(reference, platform, everything, true, options, listener);
  }

  /** Returns this with a credential for the reference's registry. */
  public Pull credential(Credential credential) {
    return credentials(CredentialProvider.of(reference.domain(), credential));
  }

  /** Returns this with credentials that are asked for before those configured. */
  public Pull credentials(CredentialProvider provider) {
    return registry(each -> each.withCredentials(provider));
  }

  /** Returns this with one more change to how registries are reached: mirrors, CAs, timeouts. */
  public Pull registry(UnaryOperator<RegistryOptions> change) {
    return new Pull(reference, platform, everything, openLater, change.apply(options), listener);
  }

  /** Returns this with somebody who hears what moves, in place of whoever heard it before. */
  public Pull listener(TransferListener newListener) {
    return new Pull(reference, platform, everything, openLater, options, newListener);
  }

  ImageReference reference() {
    return reference;
  }

  Platform platform() {
    return platform.orElseGet(Platform::host);
  }

  boolean isEverything() {
    return everything;
  }

  boolean isOpenedLater() {
    return openLater;
  }

  RegistryOptions options() {
    return options;
  }

  TransferListener listener() {
    return listener;
  }
}
