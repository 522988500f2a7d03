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
import java.util.function.LongConsumer;

/**
 * What is sent with a request; it can be sent again.
 *
 * @param content the bytes
 * @param contentType their media type; empty if there are none
 * @param sent told how many bytes have been sent, each time it is sent from 0 on
 */
record Body(Content content, String contentType, LongConsumer sent) {
  static final Body NONE = new Body(Content.empty(), "");
  static final String BYTES = "application/octet-stream";

  Body(Content content, String contentType) {
    this(content, contentType, bytes -> {});
  }

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
      return new Noted(content.newInputStream(), progress, sent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes the time of each read, and tells how many bytes were read. */
  private static final class Noted extends FilterInputStream {
    private final AtomicLong progress;
    private final LongConsumer sent;
    private long bytes;

    Noted(InputStream in, AtomicLong progress, LongConsumer sent) {
      super(in);
      this.progress = progress;
      this.sent = sent;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      progress.set(System.nanoTime());
      int n = in.read(target, offset, length);
      if (n > 0) {
        bytes += n;
        sent.accept(bytes);
      }
      return n;
    }
  }
}
