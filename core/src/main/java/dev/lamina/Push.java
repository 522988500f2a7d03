// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.compress.CompressionOptions;
import dev.lamina.event.TransferListener;
import dev.lamina.oci.ImageReference;
import dev.lamina.registry.RegistryOptions;
import dev.lamina.spi.Credential;
import dev.lamina.spi.CredentialProvider;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What to push, where to, and how.
 *
 * <pre>{@code
 * store.push(Push.of("shop/app:1.4").to("registry:5000/shop/app:1.4")
 *     .credential(new Credential.Basic("ci", token))
 *     .compression(CompressionOptions.zstd(3)));
 * }</pre>
 *
 * <p>If nothing is said, it goes where its name says, with the credentials that Docker and Podman
 * are configured with, over HTTPS. Immutable.
 */
public final class Push {
  private final String image;
  private final Optional<ImageReference> target;
  private final CompressionOptions compression;
  private final RegistryOptions options;
  private final Optional<Credential> credential;
  private final TransferListener listener;
  private final boolean sbom;

  private Push(
      String image,
      Optional<ImageReference> target,
      CompressionOptions compression,
      RegistryOptions options,
      Optional<Credential> credential,
      TransferListener listener,
      boolean sbom) {
    this.image = image;
    this.target = target;
    this.compression = compression;
    this.options = options;
    this.credential = credential;
    this.listener = listener;
    this.sbom = sbom;
  }

  /**
   * Returns a push of an image of the store.
   *
   * @param nameOrId as {@link ImageStore#image} takes it; a name that stands for an index pushes
   *     all platforms
   */
  public static Push of(String nameOrId) {
    return new Push(
        nameOrId,
        Optional.empty(),
        CompressionOptions.DEFAULT,
        RegistryOptions.DEFAULT,
        Optional.empty(),
        TransferListener.none(),
        false);
  }

  /**
   * Returns this with another place than the image's name.
   *
   * @param reference with a tag; with a digest, the image gets no tag there
   * @throws IllegalArgumentException if it isn't a reference
   */
  public Push to(String reference) {
    Optional<ImageReference> there = Optional.of(ImageReference.parse(reference));
    return new Push(image, there, compression, options, credential, listener, sbom);
  }

  /** Returns this with layers made here compressed in another way. */
  public Push compression(CompressionOptions newCompression) {
    return new Push(image, target, newCompression, options, credential, listener, sbom);
  }

  /** Returns this with a credential for the registry it goes to, and for no other. */
  public Push credential(Credential newCredential) {
    return new Push(
        image, target, compression, options, Optional.of(newCredential), listener, sbom);
  }

  /** Returns this with credentials that are asked for before those configured. */
  public Push credentials(CredentialProvider provider) {
    return registry(each -> each.withCredentials(provider));
  }

  /** Returns this with one more change to how registries are reached: CAs, timeouts, chunks. */
  public Push registry(UnaryOperator<RegistryOptions> change) {
    return new Push(image, target, compression, change.apply(options), credential, listener, sbom);
  }

  /** Returns this with somebody who hears what moves, in place of whoever heard it before. */
  public Push listener(TransferListener newListener) {
    return new Push(image, target, compression, options, credential, newListener, sbom);
  }

  /**
   * Returns this with the image's {@linkplain Image#sbom software bill of materials}, which refers
   * to the image there. A name that stands for an index can't be pushed so.
   */
  public Push withSbom() {
    return new Push(image, target, compression, options, credential, listener, true);
  }

  boolean sbom() {
    return sbom;
  }

  String image() {
    return image;
  }

  /** Where it goes: what was said, else the image's name. */
  ImageReference target() {
    return target.orElseGet(() -> ImageReference.parse(image));
  }

  CompressionOptions compression() {
    return compression;
  }

  RegistryOptions options() {
    return credential
        .map(each -> options.withCredentials(CredentialProvider.of(target().domain(), each)))
        .orElse(options);
  }

  TransferListener listener() {
    return listener;
  }
}
