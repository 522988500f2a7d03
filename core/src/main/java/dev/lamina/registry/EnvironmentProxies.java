// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies as the environment names them: {@code HTTPS_PROXY} and {@code HTTP_PROXY} (in either
 * letter case, {@code http://host:port}), except for the hosts in {@code NO_PROXY}: names, which
 * stand for their subdomains too, addresses, and {@code *}. The local host is never reached through
 * a proxy. Where the environment says nothing, the JVM's own default decides. Thread-safe.
 */
public final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Returns the proxies that these variables name. */
  public static ProxySelector of(Map<String, String> environment) {
    return new EnvironmentProxies(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    if (isLocal(host) || isExcepted(host, uri.getPort())) {
      return List.of(Proxy.NO_PROXY);
    }
    Optional<String> named =
        variable("https".equals(uri.getScheme()) ? "https_proxy" : "http_proxy");
    if (named.isEmpty()) {
      ProxySelector fallback = ProxySelector.getDefault();
      return fallback == null || fallback == this ? List.of(Proxy.NO_PROXY) : fallback.select(uri);
    }
    return List.of(proxy(named.get()));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // There is no second proxy to try.
  }

  private static Proxy proxy(String text) {
    URI uri = URI.create(text.contains("://") ? text : "http://" + text);
    int port = uri.getPort() >= 0 ? uri.getPort() : 80;
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(String.valueOf(uri.getHost()), port));
  }

  private boolean isExcepted(String host, int port) {
    for (String each : variable("no_proxy").orElse("").split(",", -1)) {
      String rule = each.strip().toLowerCase(Locale.ROOT);
      String name = rule.startsWith("*.") ? rule.substring(1) : rule;
      if (rule.equals("*") || name.equals(host) || name.equals(host + ":" + port)) {
        return true;
      }
      String suffix = name.startsWith(".") ? name : "." + name;
      if (!name.isEmpty() && host.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  private Optional<String> variable(String lower) {
    String value =
        environment.getOrDefault(
            lower, environment.getOrDefault(lower.toUpperCase(Locale.ROOT), ""));
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
