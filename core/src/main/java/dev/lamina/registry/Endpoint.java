// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.net.URI;
import java.util.Locale;

/**
 * Where a registry, or a mirror of one, is.
 *
 * @param registry as references have it, for which credentials are looked up
 * @param base {@code https://host[:port][/prefix]}, without a slash at the end
 * @param insecure whether the caller allowed any certificate, plain HTTP and credentials over it
 */
record Endpoint(String registry, URI base, boolean insecure) {
  /** Docker Hub's registry has another name than its images. */
  private static final String HUB = "docker.io";

  private static final String HUB_HOST = "registry-1.docker.io";

  static Endpoint of(String registry, RegistryOptions options) {
    String host = registry.equals(HUB) ? HUB_HOST : registry;
    return new Endpoint(registry, URI.create("https://" + host), options.isInsecure(registry));
  }

  /** Returns the endpoint of a mirror; it has credentials of its own. */
  static Endpoint ofMirror(URI mirror, RegistryOptions options) {
    String authority = String.valueOf(mirror.getRawAuthority());
    String text = mirror.toString();
    URI base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    return new Endpoint(authority, base, options.isInsecure(authority));
  }

  /** Returns this over plain HTTP. */
  Endpoint plain() {
    return new Endpoint(registry, URI.create("http" + base.toString().substring(5)), insecure);
  }

  boolean isPlain() {
    return "http".equals(base.getScheme());
  }

  /**
   * Returns whether plain HTTP may be spoken: to this machine, as Docker does, or where allowed.
   */
  boolean mayBePlain() {
    return insecure || isLoopback(base);
  }

  /** Returns the URL of something under {@code /v2/}. */
  URI v2(String path) {
    return URI.create(base + "/v2/" + path);
  }

  /** Returns whether {@code uri} is at this registry: the same scheme, host and port. */
  boolean owns(URI uri) {
    return sameHost(uri)
        && base.getScheme().equalsIgnoreCase(uri.getScheme())
        && port(base) == port(uri);
  }

  /** Returns whether {@code uri} is on the same host, on whatever port. */
  boolean sameHost(URI uri) {
    return host(base).equals(host(uri));
  }

  static boolean isLoopback(URI uri) {
    String host = host(uri);
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private static String host(URI uri) {
    return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "http".equals(uri.getScheme()) ? 80 : 443;
  }
}
