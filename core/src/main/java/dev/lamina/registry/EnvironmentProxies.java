// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proxies as the environment names them: {@code HTTPS_PROXY} and {@code HTTP_PROXY} (in either
 * letter case, {@code http://[user:password@]host:port}), except for the hosts in {@code NO_PROXY}:
 * names, which stand for their subdomains too, addresses, networks ({@code 10.0.0.0/8}) and {@code
 * *}. The local host is never reached through a proxy. Where the environment says nothing, the
 * JVM's own default decides. Thread-safe.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final Pattern NETWORK = Pattern.compile("([0-9a-f.:]+)/([0-9]{1,3})");

  private final Map<String, String> environment;

  private EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Returns the proxies that these variables name. */
  public static EnvironmentProxies of(Map<String, String> environment) {
    return new EnvironmentProxies(environment);
  }

  @Override
  public List<Proxy> select(URI uri) {
    if (isDirect(uri)) {
      return List.of(Proxy.NO_PROXY);
    }
    Optional<URI> named = named(uri);
    if (named.isEmpty()) {
      ProxySelector fallback = ProxySelector.getDefault();
      return fallback == null || fallback == this ? List.of(Proxy.NO_PROXY) : fallback.select(uri);
    }
    return List.of(proxy(named.get()));
  }

  /**
   * Returns the value of {@code Proxy-Authorization} for requests to a URI, if its proxy is named
   * with a user and a password. {@code java.net.http} shows it to the proxy alone: in the request,
   * or in that for a tunnel.
   */
  public Optional<String> authorization(URI uri) {
    return isDirect(uri)
        ? Optional.empty()
        : named(uri)
            .flatMap(proxy -> Optional.ofNullable(proxy.getUserInfo()))
            .map(user -> user.getBytes(StandardCharsets.UTF_8))
            .map(user -> "Basic " + Base64.getEncoder().encodeToString(user));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // There is no second proxy to try.
  }

  private Optional<URI> named(URI uri) {
    return variable("https".equals(uri.getScheme()) ? "https_proxy" : "http_proxy")
        .map(text -> URI.create(text.contains("://") ? text : "http://" + text));
  }

  private static Proxy proxy(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : 80;
    return new Proxy(
        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(String.valueOf(uri.getHost()), port));
  }

  private boolean isDirect(URI uri) {
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    return isLocal(host) || isExcepted(host, uri.getPort());
  }

  private boolean isExcepted(String host, int port) {
    for (String each : variable("no_proxy").orElse("").split(",", -1)) {
      String rule = each.strip().toLowerCase(Locale.ROOT);
      String name = rule.startsWith("*.") ? rule.substring(1) : rule;
      if (rule.equals("*") || name.equals(host) || name.equals(host + ":" + port)) {
        return true;
      }
      String suffix = name.startsWith(".") ? name : "." + name;
      if (!name.isEmpty() && (host.endsWith(suffix) || isInNetwork(host, name))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInNetwork(String host, String network) {
    Matcher parts = NETWORK.matcher(network);
    if (!parts.matches() || !InetAddresses.isUriInetAddress(host)) {
      return false;
    }
    String start = parts.group(1);
    if (!InetAddresses.isInetAddress(start)) {
      return false;
    }
    byte[] first = InetAddresses.forString(start).getAddress();
    byte[] address = InetAddresses.forUriString(host).getAddress();
    int length = Integer.parseInt(parts.group(2));
    int shift = first.length * 8 - length;
    return first.length == address.length
        && shift >= 0
        && new BigInteger(1, first)
            .shiftRight(shift)
            .equals(new BigInteger(1, address).shiftRight(shift));
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
