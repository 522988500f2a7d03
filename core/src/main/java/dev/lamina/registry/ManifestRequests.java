// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageDocument;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Requests about one manifest or index. */
final class ManifestRequests {
  static final int MAX_MANIFEST = 4 << 20;

  /** Unknown types last, so that whatever is there can be passed through. */
  static final String ACCEPT =
      String.join(
          ", ",
          MediaTypes.OCI_INDEX,
          MediaTypes.OCI_MANIFEST,
          MediaTypes.DOCKER_INDEX,
          MediaTypes.DOCKER_MANIFEST,
          "*/*;q=0.1");

  private static final String DIGEST_HEADER = "Docker-Content-Digest";

  private final Session session;
  private final ImageReference reference;

  ManifestRequests(Session session, ImageReference reference) {
    this.session = session;
    this.reference = reference;
  }

  RegistryClient.Document get() throws IOException {
    Session.Call call = call("GET", Scope.pull(reference.path())).withHeader("Accept", ACCEPT);
    try (Answer answer = session.sendForDocument(call, MAX_MANIFEST)) {
      if (answer.status() != 200) {
        throw answer.failure("manifest " + reference.familiar());
      }
      byte[] raw = answer.read(MAX_MANIFEST);
      Digest digest = verified(answer, raw);
      return new RegistryClient.Document(Descriptor.of(mediaType(answer), digest, raw.length), raw);
    }
  }

  Optional<Descriptor> head() throws IOException {
    Session.Call call = call("HEAD", Scope.pull(reference.path())).withHeader("Accept", ACCEPT);
    try (Answer answer = session.send(call)) {
      if (answer.status() == 404) {
        return Optional.empty();
      }
      if (answer.status() != 200) {
        throw answer.failure("manifest " + reference.familiar());
      }
      Optional<Digest> digest = said(answer);
      OptionalLong length = answer.contentLength();
      if (digest.isPresent() && length.isPresent() && length.getAsLong() >= 0) {
        return Optional.of(Descriptor.of(mediaType(answer), digest.get(), length.getAsLong()));
      }
    }
    return Optional.of(get().descriptor());
  }

  void put(Descriptor descriptor, byte[] raw) throws IOException {
    Session.Call call =
        call("PUT", Scope.push(reference.path()))
            .withBody(new Body(Content.of(raw), descriptor.mediaType()));
    boolean referrersKnown;
    try (Answer answer = session.send(call)) {
      if (!answer.isSuccess()) {
        throw answer.failure("manifest " + reference.familiar() + " to be taken");
      }
      Optional<Digest> said = said(answer);
      boolean sameAlgorithm =
          said.isPresent() && said.get().algorithm().equals(descriptor.digest().algorithm());
      if (sameAlgorithm && !said.get().equals(descriptor.digest())) {
        throw new RegistryException(
            answer.request()
                + ": expected digest "
                + descriptor.digest()
                + ", found "
                + said.get());
      }
      referrersKnown = answer.header("OCI-Subject").isPresent();
    }
    Optional<Descriptor> subject = subject(descriptor, raw);
    if (subject.isPresent() && !referrersKnown) {
      new Listings(session, reference).addReferrer(subject.get().digest(), descriptor, raw);
    }
  }

  private static Optional<Descriptor> subject(Descriptor descriptor, byte[] raw) {
    try {
      return ImageDocument.parse(raw, descriptor.mediaType()).subject();
    } catch (InvalidImageException e) {
      return Optional.empty(); // not ours to understand
    }
  }

  void delete() throws IOException {
    try (Answer answer = session.send(call("DELETE", Scope.delete(reference.path())))) {
      if (!answer.isSuccess()) {
        throw answer.failure("manifest " + reference.familiar() + " to be deleted");
      }
    }
  }

  private Session.Call call(String method, Scope scope) {
    String name =
        reference.digest().map(Digest::toString).orElseGet(() -> reference.tag().orElse("latest"));
    URI uri = session.endpoint().v2(reference.path() + "/manifests/" + name);
    return Session.Call.of(method, uri, scope);
  }

  /** Checks a document against the digest it was asked for by, and the one the registry says. */
  private Digest verified(Answer answer, byte[] raw) throws RegistryException {
    Digest found = Digest.sha256(raw);
    Optional<Digest> said = said(answer);
    for (Optional<Digest> expected : List.of(reference.digest(), said)) {
      if (expected.isPresent()) {
        Digest actual = Digest.of(expected.get().newHasher().digest(raw));
        if (!actual.equals(expected.get())) {
          throw new RegistryException(
              answer.request() + ": expected digest " + expected.get() + ", found " + actual);
        }
      }
    }
    return reference.digest().orElse(found);
  }

  private static Optional<Digest> said(Answer answer) throws RegistryException {
    Optional<String> text = answer.header(DIGEST_HEADER);
    try {
      return text.map(Digest::parse);
    } catch (IllegalArgumentException e) {
      throw new RegistryException(answer.request() + ": " + DIGEST_HEADER + ": " + e.getMessage());
    }
  }

  /** A type that says nothing of images counts as none: the document's own decides then. */
  private static String mediaType(Answer answer) {
    String header = answer.header("Content-Type").orElse("");
    int semicolon = header.indexOf(';');
    String type =
        (semicolon < 0 ? header : header.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    return type.startsWith("application/vnd.") ? type : "";
  }
}
