// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

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
      Endpoint reachable =
          !endpoint.isPlain() && endpoint.mayBePlain() && !speaksTls(endpoint)
              ? endpoint.plain()
              : endpoint;
      known = new Session(reachable, http, options);
      sessions.put(endpoint, known);
    }
    return known;
  }

  /** Plain HTTP only where HTTPS has been tried, as Docker does it. */
  private boolean speaksTls(Endpoint endpoint) throws IOException {
    try (Answer answer =
        http.send("GET", endpoint.v2(""), Map.of(), Body.NONE, endpoint.insecure())) {
      return answer.status() > 0;
    } catch (IOException e) {
      if (!Retries.isPassing(e) && !(e instanceof SSLException)) {
        throw e;
      }
      return e instanceof SSLHandshakeException && !endpoint.insecure();
    }
  }
}
