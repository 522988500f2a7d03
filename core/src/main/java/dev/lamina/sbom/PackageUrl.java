// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes package URLs: {@code pkg:deb/debian/bash@5.2.15?arch=amd64&distro=debian-12}. */
final class PackageUrl {
  private PackageUrl() {}

  /** Returns a package URL; an empty name space, version or qualifier is left out. */
  static String of(
      String type, String namespace, String name, String version, Map<String, String> qualifiers) {
    StringBuilder url = new StringBuilder("pkg:").append(type).append('/');
    if (!namespace.isEmpty()) {
      url.append(
          Arrays.stream(namespace.split("/"))
              .map(PackageUrl::encode)
              .collect(Collectors.joining("/", "", "/")));
    }
    url.append(encode(name));
    if (!version.isEmpty()) {
      url.append('@').append(encode(version));
    }
    char separator = '?';
    for (Map.Entry<String, String> qualifier : new TreeMap<>(qualifiers).entrySet()) {
      if (!qualifier.getValue().isEmpty()) {
        url.append(separator).append(qualifier.getKey()).append('=');
        url.append(encode(qualifier.getValue()));
        separator = '&';
      }
    }
    return url.toString();
  }

  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~:".indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", (int) c));
      }
    }
    return encoded.toString();
  }
}
