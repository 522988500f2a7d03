// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.spi.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The {@code Authorization} headers of one registry: asked for when it wants one, and kept while
 * they are good. Thread-safe.
 *
 * @see <a href="https://distribution.github.io/distribution/spec/auth/token/">Docker registry token
 *     authentication</a>
 */
final class Tokens {
  static final int MAX_ANSWER = 1 << 20;
  private static final long DEFAULT_SECONDS =
      60; // what the specification says if the server doesn't
  private static final long SPARE_SECONDS = 10;

  private final Endpoint endpoint;
  private final RegistryOptions options;
  private final Sender sender;
  private final Map<Scope, Header> headers = new HashMap<>();
  private final Map<String, Optional<Credential>> credentials = new HashMap<>();

  /** Sends a request to a token server, with retries. */
  interface Sender {
    Answer send(String method, URI uri, Map<String, String> headers, Body body) throws IOException;
  }

  /** A header's value and until when it is good, on the clock of {@link System#nanoTime}. */
  private record Header(String value, long until) {}

  Tokens(Endpoint endpoint, RegistryOptions options, Sender sender) {
    this.endpoint = endpoint;
    this.options = options;
    this.sender = sender;
  }

  /** Returns the header for a scope, if there is one that is good. */
  synchronized Optional<String> header(Scope scope) {
    Header header = headers.get(scope);
    return header != null && header.until() - System.nanoTime() > 0
        ? Optional.of(header.value())
        : Optional.empty();
  }

  /**
   * Gets a header that satisfies one of a server's challenges.
   *
   * @param refused the header it has just said no to, if there was one
   */
  synchronized Optional<String> authorize(
      Scope scope, List<Challenge> challenges, Optional<String> refused) throws IOException {
    Optional<String> known = header(scope);
    if (known.isPresent() && !known.equals(refused)) {
      return known; // another thread was faster
    }
    headers.remove(scope);
    for (Challenge challenge : challenges) {
      if (challenge.scheme().equals("bearer")) {
        Header header = bearer(challenge, scope);
        headers.put(scope, header);
        return Optional.of(header.value());
      }
    }
    boolean basic = challenges.stream().anyMatch(c -> c.scheme().equals("basic"));
    if (basic && credential(scope).orElse(null) instanceof Credential.Basic found) {
      requireSecret();
      Header header = new Header(basic(found), Long.MAX_VALUE / 2 + System.nanoTime());
      headers.put(scope, header);
      return refused.equals(Optional.of(header.value()))
          ? Optional.empty()
          : Optional.of(header.value());
    }
    return Optional.empty();
  }

  private Header bearer(Challenge challenge, Scope scope) throws IOException {
    Optional<Credential> credential = credential(scope);
    if (credential.orElse(null) instanceof Credential.BearerToken own) {
      requireSecret();
      return new Header("Bearer " + own.token(), Long.MAX_VALUE / 2 + System.nanoTime());
    }
    Optional<String> realm = challenge.parameter("realm");
    if (realm.isEmpty()) {
      throw new RegistryException(
          endpoint.base() + ": expected a challenge that names a token server, found none");
    }
    URI server = Realm.require(realm.get(), endpoint);
    if (credential.isPresent()) {
      requireSecret();
    }
    Answer answer =
        credential.orElse(null) instanceof Credential.IdentityToken identity
            ? refresh(server, challenge, scope, identity)
            : fetch(server, challenge, scope, credential);
    try (answer) {
      if (!answer.isSuccess()) {
        throw answer.failure("a token");
      }
      return header(answer);
    }
  }

  private Answer fetch(
      URI server, Challenge challenge, Scope scope, Optional<Credential> credential)
      throws IOException {
    StringBuilder query = new StringBuilder();
    challenge.parameter("service").ifPresent(service -> append(query, "service", service));
    scopes(challenge, scope).forEach(each -> append(query, "scope", each));
    Map<String, String> headers = new HashMap<>();
    if (credential.orElse(null) instanceof Credential.Basic basic) {
      append(query, "account", basic.username());
      headers.put("Authorization", basic(basic));
    }
    String separator = server.getRawQuery() == null ? "?" : "&";
    return sender.send("GET", URI.create(server + separator + query), headers, Body.NONE);
  }

  private Answer refresh(
      URI server, Challenge challenge, Scope scope, Credential.IdentityToken identity)
      throws IOException {
    StringBuilder form = new StringBuilder();
    append(form, "grant_type", "refresh_token");
    append(form, "refresh_token", identity.token());
    append(form, "client_id", "lamina");
    challenge.parameter("service").ifPresent(service -> append(form, "service", service));
    append(form, "scope", String.join(" ", scopes(challenge, scope)));
    return sender.send("POST", server, Map.of(), Body.form(form.toString()));
  }

  /** Only what we ask for: a server's own idea of the scope may be wider. */
  private static List<String> scopes(Challenge challenge, Scope scope) {
    if (!scope.scopes().isEmpty()) {
      return scope.scopes();
    }
    return List.copyOf(new TreeSet<>(challenge.parameter("scope").stream().toList()));
  }

  private Header header(Answer answer) throws IOException {
    try {
      JsonFields fields =
          JsonFields.of(
              StrictJson.parseObject(answer.read(MAX_ANSWER), answer.request(), MAX_ANSWER),
              answer.request());
      Optional<String> token = fields.string("token").filter(text -> !text.isEmpty());
      if (token.isEmpty()) {
        token = fields.string("access_token").filter(text -> !text.isEmpty());
      }
      if (token.isEmpty() || !token.get().matches("[\\x21-\\x7e]+")) {
        throw new RegistryException(answer.request() + ": expected a token, found none");
      }
      long seconds = fields.number("expires_in").filter(n -> n > 0).orElse(DEFAULT_SECONDS);
      long good = Math.max(seconds - SPARE_SECONDS, seconds / 2);
      long nanos = Math.min(good, 1 << 30) * 1_000_000_000L;
      return new Header("Bearer " + token.get(), System.nanoTime() + nanos);
    } catch (InvalidJsonException e) {
      throw new RegistryException(answer.request() + ": expected a token in JSON, found none");
    }
  }

  private Optional<Credential> credential(Scope scope) throws IOException {
    Optional<Credential> known = credentials.get(scope.repository());
    if (known == null) {
      known = options.credentials().find(endpoint.registry(), scope.repository());
      credentials.put(scope.repository(), known);
    }
    return known;
  }

  private void requireSecret() throws RegistryException {
    if (endpoint.isPlain() && !endpoint.insecure()) {
      throw new RegistryException(
          endpoint.base()
              + ": expected HTTPS to send credentials over, found plain HTTP:"
              + " name the registry insecure to send them all the same");
    }
  }

  private static String basic(Credential.Basic credential) {
    String pair = credential.username() + ":" + credential.password();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static void append(StringBuilder query, String name, String value) {
    query
        .append(query.length() == 0 ? "" : "&")
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }
}
