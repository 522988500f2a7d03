// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static java.util.Objects.requireNonNullElseGet;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request and its answer over java.net.http: no redirect is followed, nothing is tried twice,
 * and neither side may be silent for longer than the idle timeout. Thread-safe.
 */
final class Http {
  private static final String USER_AGENT = "lamina/0.1";

  private final HttpClient trusting;
  private final HttpClient verifying;
  private final ProxySelector proxies;
  private final Duration idleTimeout;

  private Http(
      HttpClient verifying, HttpClient trusting, ProxySelector proxies, Duration idleTimeout) {
    this.verifying = verifying;
    this.trusting = trusting;
    this.proxies = proxies;
    this.idleTimeout = idleTimeout;
  }

  static Http of(RegistryOptions options) throws IOException {
    HttpClient verifying =
        builder(options).sslContext(Trust.context(options.caCertificates())).build();
    HttpClient trusting = builder(options).sslContext(Trust.everybody()).build();
    return new Http(verifying, trusting, options.proxies(), options.idleTimeout());
  }

  private static HttpClient.Builder builder(RegistryOptions options) {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NEVER)
        .version(HttpClient.Version.HTTP_1_1)
        .proxy(options.proxies())
        .connectTimeout(options.connectTimeout());
  }

  /**
   * Sends a request.
   *
   * @param anyCertificate whether the server may be anybody
   */
  Answer send(
      String method, URI uri, Map<String, String> headers, Body body, boolean anyCertificate)
      throws IOException {
    AtomicLong progress = new AtomicLong(System.nanoTime());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, body.publisher(progress))
            .header("User-Agent", USER_AGENT);
    headers.forEach(request::header);
    if (proxies instanceof EnvironmentProxies named) {
      named.authorization(uri).ifPresent(value -> request.header("Proxy-Authorization", value));
    }
    if (!body.contentType().isEmpty()) {
      request.header("Content-Type", body.contentType());
    }
    HttpClient client = anyCertificate ? trusting : verifying;
    CompletableFuture<HttpResponse<InputStream>> future =
        client.sendAsync(request.build(), info -> new TimedBody(idleTimeout));
    HttpResponse<InputStream> response = await(future, progress);
    // A proxy's answer to the request for a tunnel has none.
    InputStream answer = requireNonNullElseGet(response.body(), InputStream::nullInputStream);
    return new Answer(method, uri, response.statusCode(), response.headers(), answer);
  }

  private HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> future, AtomicLong progress) throws IOException {
    try {
      while (true) {
        long left = progress.get() + idleTimeout.toNanos() - System.nanoTime();
        try {
          return future.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (System.nanoTime() - progress.get() >= idleTimeout.toNanos()) {
            throw new SocketTimeoutException(
                "expected an answer within " + idleTimeout.toMillis() + " ms, found nothing");
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException("request").initCause(e);
    } catch (ExecutionException e) {
      throw asIoException(e);
    } finally {
      if (!future.isDone()) {
        future.cancel(true);
      }
    }
  }

  private static IOException asIoException(ExecutionException e) {
    return e.getCause() instanceof IOException io ? io : new IOException(e.getMessage(), e);
  }
}
