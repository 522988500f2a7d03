// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Which token servers a registry may send us, and our credentials, to. */
final class Realm {
  private Realm() {}

  /**
   * Checks a realm: HTTPS unless the registry itself is reached over HTTP; an address of a private
   * network only if the registry is there too; no user in it.
   *
   * @throws RegistryException if it may not be asked
   */
  static URI require(String realm, Endpoint endpoint) throws RegistryException {
    URI uri;
    try {
      uri = new URI(realm);
    } catch (URISyntaxException e) {
      throw new RegistryException(endpoint.base() + ": expected a token server's URL, found none");
    }
    boolean http = "http".equals(uri.getScheme());
    boolean known = http || "https".equals(uri.getScheme());
    if (!known || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new RegistryException(
          endpoint.base() + ": expected an https token server, found another kind of URL");
    }
    if (http && !endpoint.isPlain()) {
      throw new RegistryException(
          endpoint.base() + ": expected an https token server, found " + Redacted.uri(uri));
    }
    if (isPrivate(uri.getHost()) && !endpoint.sameHost(uri)) {
      throw new RegistryException(
          endpoint.base()
              + ": expected a token server on a public host or the registry's own, found "
              + Redacted.uri(uri));
    }
    return uri;
  }

  private static boolean isPrivate(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.equals("localhost")
        || lower.endsWith(".localhost")
        || lower.startsWith("[") // an IPv6 address; registries name hosts
        || lower.matches("0x[0-9a-f]+|[0-9]+") // an IPv4 address in disguise
        || lower.matches("(0|10|127)\\..*|169\\.254\\..*|192\\.168\\..*")
        || lower.matches("172\\.(1[6-9]|2[0-9]|3[01])\\..*");
  }
}
