// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.oci.Descriptor;
import dev.lamina.stream.BlockInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import javax.annotation.Nullable;

/**
 * A blob on its way from a registry. When the connection breaks or stalls, it goes on from where it
 * was. That the bytes are the blob's is for the reader to check. For one thread.
 */
final class BlobStream extends BlockInputStream {
  private static final long PROGRESS = 1 << 20;

  private final Session session;
  private final Session.Call call;
  private final Descriptor blob;
  @Nullable private Answer answer;
  private long position;
  private long lastFailure;
  private int failures;

  private BlobStream(Session session, Session.Call call, Descriptor blob) {
    this.session = session;
    this.call = call;
    this.blob = blob;
  }

  /** Asks for a blob; it is on its way when this returns. */
  static BlobStream open(Session session, String repository, Descriptor blob) throws IOException {
    Session.Call call =
        Session.Call.of(
            "GET",
            session.endpoint().v2(repository + "/blobs/" + blob.digest()),
            Scope.pull(repository));
    BlobStream stream = new BlobStream(session, call, blob);
    stream.answer = stream.request();
    return stream;
  }

  private Answer request() throws IOException {
    Session.Call ranged =
        position == 0 ? call : call.withHeader("Range", "bytes=" + position + "-");
    Answer next = session.send(ranged);
    boolean partial = next.status() == 206;
    if (next.status() != 200 && !(partial && position > 0)) {
      try (next) {
        throw next.failure("blob " + blob.digest());
      }
    }
    long begin = partial ? position : 0;
    try {
      requireLength(next, begin);
      next.body().skipNBytes(position - begin);
      return next;
    } catch (IOException e) {
      next.close();
      throw e;
    }
  }

  private void requireLength(Answer next, long begin) throws RegistryException {
    OptionalLong length = next.contentLength();
    if (length.isPresent() && length.getAsLong() != blob.size() - begin) {
      throw new RegistryException(
          next.request()
              + ": expected "
              + (blob.size() - begin)
              + " bytes, found "
              + length.getAsLong());
    }
    Optional<String> range = next.header("Content-Range");
    if (begin > 0 && range.isPresent() && !range.get().startsWith("bytes " + begin + "-")) {
      throw new RegistryException(
          next.request() + ": expected the bytes from " + begin + " on, found " + range.get());
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      try {
        if (answer == null) {
          answer = request();
        }
        int n = answer.body().read(target, offset, length);
        if (n < 0 && position < blob.size()) {
          throw new IOException("expected " + blob.size() + " bytes, found " + position);
        }
        position += Math.max(n, 0);
        return n;
      } catch (IOException e) {
        giveUpOrPause(e);
      }
    }
  }

  private void giveUpOrPause(IOException e) throws IOException {
    close();
    if (!Retries.isPassing(e)) {
      throw e;
    }
    failures = position - lastFailure >= PROGRESS ? 1 : failures + 1;
    lastFailure = position;
    if (failures >= session.retries().attempts()) {
      throw Session.unreachable("GET " + Redacted.uri(call.uri()), e);
    }
    session.retries().pause(failures, Optional.empty());
  }

  @Override
  public void close() throws IOException {
    Answer open = answer;
    answer = null;
    if (open != null) {
      open.body().close();
    }
  }
}
