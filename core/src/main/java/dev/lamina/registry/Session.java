// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Requests to one registry: authorized, redirected and tried again as needed. The {@code
 * Authorization} header goes to the registry itself and nowhere else, wherever it sends us.
 * Thread-safe.
 */
final class Session {
  private static final int MAX_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Endpoint endpoint;
  private final Http http;
  private final Retries retries;
  private final Tokens tokens;

  Session(Endpoint endpoint, Http http, RegistryOptions options) {
    this.endpoint = endpoint;
    this.http = http;
    this.retries = new Retries(options);
    this.tokens = new Tokens(endpoint, options, this::sendToTokenServer);
  }

  /**
   * A request.
   *
   * @param headers without any that authorize
   * @param repeatable whether it may be sent again when nobody knows what became of it
   */
  record Call(
      String method,
      URI uri,
      Map<String, String> headers,
      Body body,
      Scope scope,
      boolean repeatable) {

    static Call of(String method, URI uri, Scope scope) {
      return new Call(method, uri, Map.of(), Body.NONE, scope, true);
    }

    Call withHeader(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Call(method, uri, more, body, scope, repeatable);
    }

    Call withBody(Body newBody) {
      return new Call(method, uri, headers, newBody, scope, repeatable);
    }

    Call once() {
      return new Call(method, uri, headers, body, scope, false);
    }
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Retries retries() {
    return retries;
  }

  /** Sends a request until there is an answer that stands; which may be any but a passing one. */
  Answer send(Call call) throws IOException {
    return send(call, 0);
  }

  /**
   * Sends a request as {@link #send(Call)} does; the body of an answer that says yes is whole when
   * this returns: if it breaks off, the request is sent again.
   *
   * @param maxBody how long it may be
   * @throws RegistryException if it is longer
   */
  Answer sendForDocument(Call call, int maxBody) throws IOException {
    return send(call, maxBody);
  }

  private Answer send(Call call, int maxBody) throws IOException {
    String request = call.method() + " " + Redacted.uri(call.uri());
    int attempts = call.repeatable() ? retries.attempts() : 1;
    return repeated(request, attempts, maxBody, () -> redirected(call));
  }

  /** One try. */
  private interface Exchange {
    Answer send() throws IOException;
  }

  private Answer repeated(String request, int attempts, int maxBody, Exchange exchange)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      Optional<String> retryAfter = Optional.empty();
      try {
        Answer answer = exchange.send();
        if (!Retries.isPassing(answer.status()) || attempt >= attempts) {
          return maxBody > 0 && answer.isSuccess() ? answer.whole(maxBody) : answer;
        }
        retryAfter = answer.header("Retry-After");
        answer.close();
      } catch (SSLHandshakeException | SSLPeerUnverifiedException e) {
        throw untrusted(request, e);
      } catch (IOException e) {
        if (!Retries.isPassing(e)) {
          throw e;
        }
        if (attempt >= attempts) {
          throw unreachable(request, e);
        }
      }
      retries.pause(attempt, retryAfter);
    }
  }

  private static RegistryException untrusted(String request, SSLException e) {
    return new RegistryException(
        request
            + ": expected a trusted certificate over TLS, found: "
            + e.getMessage()
            + "; name its authority (withCaCertificates), or the registry insecure",
        e);
  }

  static RegistryException unreachable(String request, IOException cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new RegistryException(request + ": expected an answer, found none: " + why, cause);
  }

  private Answer redirected(Call call) throws IOException {
    URI uri = call.uri();
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      Answer answer = endpoint.owns(uri) ? authorized(call, uri) : anonymous(call, uri);
      Optional<String> location = answer.header("Location");
      if (!isFollowed(call.method(), answer.status()) || location.isEmpty()) {
        return answer;
      }
      answer.close();
      uri = resolve(uri, location.get());
    }
    throw new RegistryException(
        call.method()
            + " "
            + Redacted.uri(call.uri())
            + ": expected at most "
            + MAX_REDIRECTS
            + " redirects, found more");
  }

  private static boolean isFollowed(String method, int status) {
    boolean reading = method.equals("GET") || method.equals("HEAD");
    return reading ? REDIRECTS.contains(status) : status == 307 || status == 308;
  }

  /**
   * Returns where a server points.
   *
   * @throws RegistryException if that isn't HTTP, or plain HTTP where it was HTTPS
   */
  URI resolve(URI from, String location) throws RegistryException {
    URI uri;
    try {
      uri = from.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw new RegistryException(Redacted.uri(from) + ": expected a URL as Location, found none");
    }
    boolean http = "http".equals(uri.getScheme());
    if ((!http && !"https".equals(uri.getScheme())) || uri.getHost() == null) {
      throw new RegistryException(
          Redacted.uri(from) + ": expected an HTTP URL as Location, found another kind");
    }
    if (http && !"http".equals(from.getScheme()) && !endpoint.insecure()) {
      throw new RegistryException(
          Redacted.uri(from) + ": expected HTTPS at the Location too, found " + Redacted.uri(uri));
    }
    return uri;
  }

  private Answer anonymous(Call call, URI uri) throws IOException {
    return http.send(call.method(), uri, call.headers(), call.body(), endpoint.insecure());
  }

  private Answer authorized(Call call, URI uri) throws IOException {
    Optional<String> header = tokens.header(call.scope());
    Answer answer = withHeader(call, uri, header);
    if (answer.status() != 401) {
      return answer;
    }
    List<Challenge> challenges = Challenge.parse(answer.headers().allValues("WWW-Authenticate"));
    Optional<String> next = tokens.authorize(call.scope(), challenges, header);
    if (next.isEmpty() || next.equals(header)) {
      return answer;
    }
    answer.close();
    return withHeader(call, uri, next);
  }

  private Answer withHeader(Call call, URI uri, Optional<String> header) throws IOException {
    Map<String, String> headers = new HashMap<>(call.headers());
    header.ifPresent(value -> headers.put("Authorization", value));
    return http.send(call.method(), uri, headers, call.body(), endpoint.insecure());
  }

  /** Token servers are trusted with credentials, so nothing they say leads elsewhere. */
  private Answer sendToTokenServer(String method, URI uri, Map<String, String> headers, Body body)
      throws IOException {
    return repeated(
        method + " " + Redacted.uri(uri),
        retries.attempts(),
        Tokens.MAX_ANSWER,
        () -> http.send(method, uri, headers, body, endpoint.insecure()));
  }
}
