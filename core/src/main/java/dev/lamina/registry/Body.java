// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.fs.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is sent with a request; it can be sent again.
 *
 * @param content the bytes
 * @param contentType their media type; empty if there are none
 */
record Body(Content content, String contentType) {
  static final Body NONE = new Body(Content.empty(), "");
  static final String BYTES = "application/octet-stream";

  static Body form(String text) {
    return new Body(
        Content.of(text.getBytes(StandardCharsets.UTF_8)), "application/x-www-form-urlencoded");
  }

  /** Returns a publisher that notes in {@code progress} when it was last asked for bytes. */
  HttpRequest.BodyPublisher publisher(AtomicLong progress) {
    if (content.size() == 0) {
      return HttpRequest.BodyPublishers.noBody();
    }
    return HttpRequest.BodyPublishers.fromPublisher(
        HttpRequest.BodyPublishers.ofInputStream(() -> open(progress)), content.size());
  }

  private InputStream open(AtomicLong progress) {
    try {
      return new Noted(content.newInputStream(), progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes the time of each read. */
  private static final class Noted extends FilterInputStream {
    private final AtomicLong progress;

    Noted(InputStream in, AtomicLong progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      progress.set(System.nanoTime());
      return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      progress.set(System.nanoTime());
      return in.read(target, offset, length);
    }
  }
}
