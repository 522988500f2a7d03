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
  private final RegistryOptions options;
  private final TransferListener listener;

  private Pull(
      ImageReference reference,
      Optional<Platform> platform,
      boolean everything,
      RegistryOptions options,
      TransferListener listener) {
    this.reference = reference;
    this.platform = platform;
    this.everything = everything;
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
    return new Pull(reference, Optional.of(wanted), everything, options, listener);
  }

  /**
   * Returns this for all platforms, with whatever else an index names, such as attestations. The
   * name then stands for the index, and the image of it for the chosen platform, or this host's, is
   * what the store returns.
   */
  public Pull allPlatforms() {
    return new Pull(reference, platform, true, options, listener);
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
    return new Pull(reference, platform, everything, change.apply(options), listener);
  }

  /** Returns this with somebody who hears what moves, in place of whoever heard it before. */
  public Pull listener(TransferListener newListener) {
    return new Pull(reference, platform, everything, options, newListener);
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

  RegistryOptions options() {
    return options;
  }

  TransferListener listener() {
    return listener;
  }
}
