// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import com.google.gson.JsonObject;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server answered. To be closed, read or not.
 *
 * @param method of the request
 * @param uri that was asked in the end
 */
record Answer(String method, URI uri, int status, HttpHeaders headers, InputStream body)
    implements Closeable {
  private static final int MAX_ERROR = 64 << 10;

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** Returns the length that is said, if any is. */
  OptionalLong contentLength() {
    try {
      return headers.firstValueAsLong("Content-Length");
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Reads the whole body.
   *
   * @throws RegistryException if it is longer than {@code maxBytes}
   */
  byte[] read(int maxBytes) throws IOException {
    byte[] bytes = body.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new RegistryException(
          request() + ": expected at most " + maxBytes + " bytes, found more");
    }
    return bytes;
  }

  /**
   * Reads the whole body and closes this.
   *
   * @return the same answer with its body in memory
   * @throws RegistryException if it is longer than {@code maxBytes}
   */
  Answer whole(int maxBytes) throws IOException {
    try (this) {
      return new Answer(method, uri, status, headers, new ByteArrayInputStream(read(maxBytes)));
    }
  }

  /** Names the request in exceptions. */
  String request() {
    return method + " " + Redacted.uri(uri);
  }

  /** Returns what this answer means if it isn't the one that was hoped for; reads the body. */
  RegistryException failure(String expected) {
    List<String> codes = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    try {
      JsonObject json = StrictJson.parseObject(body.readNBytes(MAX_ERROR), "error", MAX_ERROR);
      for (JsonFields error : JsonFields.of(json, "error").list("errors")) {
        codes.add(error.string("code").orElse(""));
        words.append(": ").append(codes.get(codes.size() - 1));
        error.string("message").ifPresent(message -> words.append(' ').append(shown(message)));
      }
    } catch (InvalidJsonException e) {
      // Proxies answer in HTML; the status has to do.
    } catch (IOException e) {
      words.append(" (and the answer broke off)");
    }
    if (status == 407) {
      words.append(": the proxy wants a user and a password, ");
      words.append("HTTPS_PROXY=http://user:password@host:port; for HTTPS the JVM sends them only");
      words.append(" with -Djdk.http.auth.tunneling.disabledSchemes=");
    }
    return new RegistryException(
        request() + ": expected " + expected + ", found status " + status + words, status, codes);
  }

  private static String shown(String message) {
    String line = message.replaceAll("\\p{Cntrl}", " ");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  /** Reads a short rest, so that the connection can be used again, or gives it up. */
  @Override
  public void close() throws IOException {
    try (body) {
      if (status >= 300) {
        byte[] unused = body.readNBytes(MAX_ERROR);
      }
    } catch (IOException e) {
      // The answer was read as far as it mattered.
    }
  }
}
