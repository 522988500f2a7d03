// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.fs.Content;
import dev.lamina.stream.CountedInputStream;
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
      return new CountedInputStream(
          content.newInputStream(),
          bytes -> {
            progress.set(System.nanoTime());
            sent.accept(bytes);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
