// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What registries can be asked for, one thing a method.
 *
 * <pre>{@code
 * RegistryClient client = RegistryClient.of(RegistryOptions.DEFAULT);
 * List<String> tags = client.tags(ImageReference.parse("debian"));
 * RegistryClient.Document manifest = client.manifest(ImageReference.parse("debian:bookworm"));
 * }</pre>
 *
 * <p>To bring whole images into a store and out of it, see {@link ImagePull} and {@link ImagePush}.
 *
 * <p>Credentials, mirrors, proxies, certificates, timeouts and retries are those of the {@link
 * RegistryOptions}. Credentials go to the registry they are for, and to the token server it names,
 * and nowhere else. Thread-safe; it has nothing to close.
 */
public final class RegistryClient {
  private final Sessions sessions;

  private RegistryClient(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Returns a client.
   *
   * @throws IOException if a file that the options name can't be read
   */
  public static RegistryClient of(RegistryOptions options) throws IOException {
    return new RegistryClient(new Sessions(options));
  }

  /**
   * A manifest, an index, or what else a registry keeps as such.
   *
   * @param descriptor media type, digest and size; the digest is that of the bytes
   * @param raw the bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // the document itself, copied by its readers
  public record Document(Descriptor descriptor, byte[] raw) {}

  /**
   * Fetches a manifest or an index by tag or digest, from a mirror if one has it.
   *
   * @throws RegistryException if there is none, or if it isn't what its digest says
   */
  public Document manifest(ImageReference reference) throws IOException {
    return fromSources(reference, session -> new ManifestRequests(session, reference).get());
  }

  /** Returns media type, digest and size of a manifest or an index, if there is one. */
  public Optional<Descriptor> head(ImageReference reference) throws IOException {
    return fromSources(reference, session -> new ManifestRequests(session, reference).head());
  }

  /**
   * Opens a blob, from a mirror if one has it. A connection that breaks is taken up again where it
   * broke. That the bytes are the blob's is for the caller to check.
   *
   * @param repository where it is
   */
  public InputStream openBlob(ImageReference repository, Descriptor blob) throws IOException {
    return fromSources(repository, session -> BlobStream.open(session, repository.path(), blob));
  }

  /** Returns whether a repository, or a mirror of it, has a blob. */
  public boolean hasBlob(ImageReference repository, Descriptor blob) throws IOException {
    Optional<Boolean> found =
        fromSources(repository, session -> hasBlob(session, repository, blob));
    return found.isPresent();
  }

  private static Optional<Boolean> hasBlob(
      Session session, ImageReference repository, Descriptor blob) throws IOException {
    String path = repository.path() + "/blobs/" + blob.digest();
    Session.Call call =
        Session.Call.of("HEAD", session.endpoint().v2(path), Scope.pull(repository.path()));
    try (Answer answer = session.send(call)) {
      if (answer.status() != 200 && answer.status() != 404) {
        throw answer.failure("to know whether blob " + blob.digest() + " is there");
      }
      return answer.status() == 200 ? Optional.of(true) : Optional.empty();
    }
  }

  /**
   * Brings a blob to a repository, unless it is there.
   *
   * @param from repositories that may have it; those of the same registry are asked to share it
   * @return whether its bytes had to be sent
   */
  public boolean putBlob(
      ImageReference repository, Descriptor blob, Content content, List<ImageReference> from)
      throws IOException {
    return upload(repository, blob, content, from, Progress.NONE.of(blob))
        == BlobUpload.Outcome.SENT;
  }

  BlobUpload.Outcome upload(
      ImageReference repository,
      Descriptor blob,
      Content content,
      List<ImageReference> from,
      Progress.Of progress)
      throws IOException {
    List<ImageReference> near =
        from.stream()
            .filter(other -> other.domain().equals(repository.domain()))
            .filter(other -> !other.path().equals(repository.path()))
            .toList();
    return new BlobUpload(
            origin(repository),
            repository.path(),
            blob,
            content,
            sessions.options().chunkSize(),
            progress)
        .run(near);
  }

  /**
   * Puts a manifest or an index, under the reference's digest if it has one, else under its tag.
   * What it refers to is made findable by {@link #referrers}, whether the registry does that itself
   * or not.
   */
  public void putManifest(ImageReference reference, Descriptor descriptor, byte[] raw)
      throws IOException {
    ManifestRequests requests = new ManifestRequests(origin(reference), reference);
    requests.put(descriptor, raw);
  }

  /** Returns the tags of a repository, in the registry's order. */
  public List<String> tags(ImageReference repository) throws IOException {
    return new Listings(origin(repository), repository).tags();
  }

  /**
   * Returns the manifests that refer to another: its signatures, attestations and the like.
   *
   * @param artifactType which of them; empty for all
   */
  public List<Descriptor> referrers(
      ImageReference repository, Digest subject, Optional<String> artifactType) throws IOException {
    return new Listings(origin(repository), repository).referrers(subject, artifactType);
  }

  /**
   * Deletes a manifest by its digest, with all its tags; or a tag alone, which not all registries
   * can.
   *
   * @throws RegistryException if there is no such thing, or the registry doesn't delete
   */
  public void delete(ImageReference reference) throws IOException {
    new ManifestRequests(origin(reference), reference).delete();
  }

  /** Deletes a blob, which not all registries can. */
  public void deleteBlob(ImageReference repository, Digest digest) throws IOException {
    Session session = origin(repository);
    Session.Call call =
        Session.Call.of(
            "DELETE",
            session.endpoint().v2(repository.path() + "/blobs/" + digest),
            Scope.delete(repository.path()));
    try (Answer answer = session.send(call)) {
      if (!answer.isSuccess()) {
        throw answer.failure("the blob to be deleted");
      }
    }
  }

  RegistryOptions options() {
    return sessions.options();
  }

  private Session origin(ImageReference reference) throws IOException {
    return sessions.of(reference.domain());
  }

  /** Something asked of a registry or a mirror. */
  private interface Question<T> {
    T ask(Session session) throws IOException;
  }

  /** Asks the mirrors, then the registry; what that says stands. */
  private <T> T fromSources(ImageReference reference, Question<T> question) throws IOException {
    List<Endpoint> sources = sessions.sources(reference.domain());
    for (Endpoint mirror : sources.subList(0, sources.size() - 1)) {
      try {
        T answer = question.ask(sessions.session(mirror));
        if (!answer.equals(Optional.empty())) {
          return answer;
        }
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // The next may have it, and the registry itself has the last word.
      }
    }
    return question.ask(sessions.session(sources.get(sources.size() - 1)));
  }
}
