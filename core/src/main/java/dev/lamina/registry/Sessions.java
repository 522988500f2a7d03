// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sessions of a client, one for each registry and mirror. Thread-safe. */
final class Sessions {
  private final RegistryOptions options;
  private final Http http;
  private final Map<Endpoint, Session> sessions = new HashMap<>();

  Sessions(RegistryOptions options) throws IOException {
    this.options = options;
    this.http = Http.of(options);
  }

  RegistryOptions options() {
    return options;
  }

  /** Returns the session with a registry itself. */
  Session of(String registry) throws IOException {
    return session(Endpoint.of(registry, options));
  }

  /** Returns where a registry's images may be had, the mirrors first. */
  List<Endpoint> sources(String registry) {
    List<Endpoint> sources = new ArrayList<>();
    for (URI mirror : options.mirrors(registry)) {
      sources.add(Endpoint.ofMirror(mirror, options));
    }
    sources.add(Endpoint.of(registry, options));
    return sources;
  }

  synchronized Session session(Endpoint endpoint) throws IOException {
    Session known = sessions.get(endpoint);
    if (known == null) {
      Endpoint reachable = reachable(endpoint);
      known = new Session(reachable, http, options);
      sessions.put(endpoint, known);
    }
    return known;
  }

  /**
   * Finds out whether a registry speaks plain HTTP, where it may. Nothing secret is sent for that.
   * On this machine plain HTTP is tried first: a server that doesn't speak TLS may leave its
   * greeting unanswered. Elsewhere it is tried when HTTPS has failed, as Docker does.
   */
  private Endpoint reachable(Endpoint endpoint) throws IOException {
    if (endpoint.isPlain() || !endpoint.mayBePlain()) {
      return endpoint;
    }
    boolean plain =
        Endpoint.isLoopback(endpoint.base()) ? speaksPlain(endpoint.plain()) : !speaksTls(endpoint);
    return plain ? endpoint.plain() : endpoint;
  }

  private boolean speaksPlain(Endpoint endpoint) throws IOException {
    try (Answer answer = ping(endpoint)) {
      return answer.status() != 400; // what servers say of an HTTP request where TLS should be
    } catch (IOException e) {
      requireNotInterrupted(e);
      return false;
    }
  }

  private boolean speaksTls(Endpoint endpoint) throws IOException {
    try (Answer answer = ping(endpoint)) {
      return answer.status() > 0;
    } catch (IOException e) {
      requireNotInterrupted(e);
      return false;
    }
  }

  private Answer ping(Endpoint endpoint) throws IOException {
    return http.send("GET", endpoint.v2(""), Map.of(), Body.NONE, endpoint.insecure());
  }

  private static void requireNotInterrupted(IOException e) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
  }
}
