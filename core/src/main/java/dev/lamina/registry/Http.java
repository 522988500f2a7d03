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
import javax.annotation.Nullable;
import javax.net.ssl.SSLContext;

/**
 * One request and its answer over java.net.http: no redirect is followed, nothing is tried twice,
 * and neither side may be silent for longer than the idle timeout. Thread-safe.
 */
final class Http {
  private static final String USER_AGENT = "lamina/0.1";

  private final RegistryOptions options;
  private final ProxySelector proxies;
  private final Duration idleTimeout;

  // Made when first needed, guarded by this: to read the JVM's authorities takes a quarter of a
  // second, and many a registry on a private network has no use for them.
  @Nullable private HttpClient trusting;
  @Nullable private HttpClient verifying;

  private Http(RegistryOptions options) {
    this.options = options;
    this.proxies = options.proxies();
    this.idleTimeout = options.idleTimeout();
  }

  static Http of(RegistryOptions options) throws IOException {
    Http http = new Http(options);
    if (!options.caCertificates().isEmpty()) {
      HttpClient unused = http.client(false); // a file that can't be read is told of at once
    }
    return http;
  }

  private synchronized HttpClient client(boolean anyCertificate) throws IOException {
    HttpClient known = anyCertificate ? trusting : verifying;
    if (known == null && anyCertificate) {
      trusting = known = builder(options).sslContext(Trust.everybody()).build();
    } else if (known == null) {
      SSLContext trusted = Trust.context(options.caCertificates());
      verifying = known = builder(options).sslContext(trusted).build();
    }
    return known;
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
    HttpClient client = client(anyCertificate); // before time counts
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
