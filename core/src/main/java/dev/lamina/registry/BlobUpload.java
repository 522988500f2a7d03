// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings one blob to a registry: not at all if it is there, else from another repository of the
 * registry, else byte by byte. An upload that breaks goes on from where the registry says it is.
 * For one thread, once.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push">distribution
 *     specification, Push</a>
 */
final class BlobUpload {
  /** Up to this size a blob goes in the request that ends the upload. */
  private static final long SMALL = 4 << 20;

  /** How many other repositories are asked. */
  private static final int MOUNTS = 3;

  private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

  private final Session session;
  private final String repository;
  private final Descriptor blob;
  private final Content content;
  private final long chunkSize;
  private final Progress.Of progress;
  private int failures;

  /** How a blob came to be in a repository. */
  enum Outcome {
    /** It was there. */
    PRESENT,
    /** The registry took it from another repository. */
    MOUNTED,
    /** It was sent. */
    SENT
  }

  BlobUpload(
      Session session,
      String repository,
      Descriptor blob,
      Content content,
      long chunkSize,
      Progress.Of progress) {
    this.session = session;
    this.repository = repository;
    this.blob = blob;
    this.content = content;
    this.chunkSize = chunkSize;
    this.progress = progress;
  }

  /** An upload that the registry has begun, and how much of it the registry has. */
  private record Begun(URI location, long offset) {}

  /**
   * Brings the blob there.
   *
   * @param from repositories of the same registry that may have it
   * @return how it came there
   */
  Outcome run(List<ImageReference> from) throws IOException {
    if (exists()) {
      return Outcome.PRESENT;
    }
    Optional<Begun> begun = Optional.empty();
    for (ImageReference other : from.subList(0, Math.min(from.size(), MOUNTS))) {
      if (begun.isPresent()) {
        cancel(begun.get());
      }
      begun = mount(other);
      if (begun.isEmpty()) {
        return Outcome.MOUNTED;
      }
    }
    boolean done = upload(begun.isPresent() ? begun.get() : begin());
    while (!done) {
      done = upload(begin()); // the registry has forgotten the last; failures are counted below
    }
    return Outcome.SENT;
  }

  private boolean exists() throws IOException {
    URI uri = session.endpoint().v2(repository + "/blobs/" + blob.digest());
    try (Answer answer = session.send(Session.Call.of("HEAD", uri, Scope.push(repository)))) {
      if (answer.status() == 200) {
        return true;
      }
      if (answer.status() == 404) {
        return false;
      }
      throw answer.failure("to know whether blob " + blob.digest() + " is there");
    }
  }

  /** Asks for a blob of another repository; empty if it is here now, else an upload has begun. */
  private Optional<Begun> mount(ImageReference other) throws IOException {
    String query = "?mount=" + blob.digest() + "&from=" + encode(other.path());
    Session.Call call =
        Session.Call.of("POST", uploads(query), Scope.push(repository).andPull(other.path()));
    try (Answer answer = session.send(call)) {
      return answer.status() == 201 ? Optional.empty() : Optional.of(begun(answer, call.uri()));
    }
  }

  private Begun begin() throws IOException {
    Session.Call call = Session.Call.of("POST", uploads(""), Scope.push(repository));
    try (Answer answer = session.send(call)) {
      return begun(answer, call.uri());
    }
  }

  private Begun begun(Answer answer, URI asked) throws RegistryException {
    if (answer.status() != 202) {
      throw answer.failure("an upload");
    }
    return new Begun(location(answer, asked), 0);
  }

  private URI uploads(String query) {
    return session.endpoint().v2(repository + "/blobs/uploads/" + query);
  }

  /** Goes through one upload; false if the registry doesn't know of it any more. */
  private boolean upload(Begun first) throws IOException {
    Begun begun = first;
    if (blob.size() > SMALL || chunkSize > 0) {
      while (begun.offset() < blob.size()) {
        Optional<Begun> next = sendChunk(begun);
        if (next.isEmpty()) {
          return false;
        }
        begun = next.get();
      }
    }
    return finish(begun);
  }

  /** Sends the next bytes; empty if the registry doesn't know of the upload any more. */
  private Optional<Begun> sendChunk(Begun begun) throws IOException {
    long rest = blob.size() - begun.offset();
    long length = chunkSize > 0 ? Math.min(chunkSize, rest) : rest;
    long end = begun.offset() + length;
    Session.Call call =
        Session.Call.of("PATCH", begun.location(), Scope.push(repository))
            .withHeader("Content-Range", begun.offset() + "-" + (end - 1))
            .withBody(body(begun.offset(), length))
            .once();
    try (Answer answer = session.send(call)) {
      if (answer.isSuccess()) {
        long received = received(answer).filter(n -> n > 0).orElse(end);
        if (received <= begun.offset()) {
          pause(
              new RegistryException(
                  answer.request()
                      + ": expected more than "
                      + begun.offset()
                      + " bytes to be taken, found "
                      + received),
              Optional.empty());
        }
        return Optional.of(new Begun(location(answer, begun.location()), received));
      }
      if (answer.status() != 404 && answer.status() != 416) {
        passOrThrow(answer, "bytes of blob " + blob.digest() + " to be taken");
      }
    } catch (IOException e) {
      passOrThrow(e);
    }
    return status(begun);
  }

  /** Asks how much the registry has; empty if it doesn't know of the upload any more. */
  private Optional<Begun> status(Begun begun) throws IOException {
    Session.Call call = Session.Call.of("GET", begun.location(), Scope.push(repository));
    try (Answer answer = session.send(call)) {
      if (answer.isSuccess()) {
        return Optional.of(
            new Begun(location(answer, begun.location()), received(answer).orElse(0L)));
      }
      if (answer.status() == 404 || Retries.isPassing(answer.status())) {
        pause(answer.failure("an upload's status"), Optional.empty());
        return Optional.empty();
      }
      throw answer.failure("an upload's status");
    }
  }

  /** Ends the upload; false if the registry doesn't know of it any more. */
  private boolean finish(Begun begun) throws IOException {
    Body rest = body(begun.offset(), blob.size() - begun.offset());
    String separator = begun.location().getRawQuery() == null ? "?" : "&";
    URI uri =
        URI.create(begun.location() + separator + "digest=" + encode(blob.digest().toString()));
    Session.Call call = Session.Call.of("PUT", uri, Scope.push(repository)).withBody(rest).once();
    try (Answer answer = session.send(call)) {
      if (answer.isSuccess()) {
        return true;
      }
      if (answer.status() != 404 && answer.status() != 416) {
        passOrThrow(answer, "blob " + blob.digest() + " to be taken");
      } else {
        pause(answer.failure("an upload"), Optional.empty());
      }
    } catch (IOException e) {
      passOrThrow(e);
    }
    return exists(); // its answer may have been lost after all was well
  }

  private Body body(long offset, long length) {
    return new Body(
        content.slice(offset, length), Body.BYTES, sent -> progress.reached(offset + sent));
  }

  private void cancel(Begun begun) throws IOException {
    Session.Call call = Session.Call.of("DELETE", begun.location(), Scope.push(repository));
    try (Answer answer = session.send(call.once())) {
      int unused = answer.status();
    } catch (RegistryException e) {
      // An upload that nobody ends is the registry's to forget.
    }
  }

  private void passOrThrow(Answer answer, String expected) throws IOException {
    RegistryException failure = answer.failure(expected);
    if (!Retries.isPassing(answer.status())) {
      throw failure;
    }
    pause(failure, answer.header("Retry-After"));
  }

  private void passOrThrow(IOException e) throws IOException {
    boolean passing =
        e instanceof RegistryException registry
            ? registry.status() == 0 && registry.getCause() instanceof IOException
            : Retries.isPassing(e);
    if (!passing) {
      throw e;
    }
    pause(e, Optional.empty());
  }

  private void pause(IOException failure, Optional<String> retryAfter) throws IOException {
    failures++;
    if (failures >= session.retries().attempts()) {
      throw failure;
    }
    session.retries().pause(failures, retryAfter);
  }

  private URI location(Answer answer, URI asked) throws RegistryException {
    Optional<String> location = answer.header("Location");
    if (location.isEmpty()) {
      throw new RegistryException(answer.request() + ": expected a Location, found none");
    }
    return session.resolve(asked, location.get());
  }

  /** How many bytes the registry says it has; it says {@code 0-0} for none too. */
  private Optional<Long> received(Answer answer) {
    Matcher range = RANGE.matcher(answer.header("Range").orElse(""));
    if (!range.matches()) {
      return Optional.empty();
    }
    long last = Long.parseLong(range.group(1));
    return Optional.of(last == 0 ? 0 : Math.min(last + 1, blob.size()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
