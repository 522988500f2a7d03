// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import java.net.URI;
import java.util.Set;

/** URLs as they may be shown: without user, and with the values of harmless parameters only. */
final class Redacted {
  private static final Set<String> HARMLESS =
      Set.of("scope", "service", "mount", "from", "digest", "n", "last", "artifactType");

  private Redacted() {}

  static String uri(URI uri) {
    StringBuilder out = new StringBuilder();
    out.append(uri.getScheme()).append("://").append(uri.getHost());
    if (uri.getPort() >= 0) {
      out.append(':').append(uri.getPort());
    }
    out.append(uri.getRawPath());
    if (uri.getRawQuery() != null) {
      char separator = '?';
      for (String parameter : uri.getRawQuery().split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        boolean shown = HARMLESS.contains(name);
        out.append(separator).append(shown ? parameter : name + "=REDACTED");
        separator = '&';
      }
    }
    return out.toString();
  }
}
