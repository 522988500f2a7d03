// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** URIs of paths: {@code lamina://NAME/etc/hosts}, with every unusual byte escaped. */
final class OverlayUris {
  static final String SCHEME = "lamina";
  private static final String PLAIN = "-._~!$&'()*+,;=:@";

  private OverlayUris() {}

  static URI of(String fileSystem, byte[][] names) {
    StringBuilder uri = new StringBuilder(SCHEME).append("://").append(fileSystem);
    for (byte[] name : names) {
      uri.append('/');
      for (byte b : name) {
        if (isPlain(b)) {
          uri.append((char) b);
        } else {
          uri.append('%')
              .append(Character.toUpperCase(Character.forDigit((b >> 4) & 0xF, 16)))
              .append(Character.toUpperCase(Character.forDigit(b & 0xF, 16)));
        }
      }
    }
    if (names.length == 0) {
      uri.append('/');
    }
    return URI.create(uri.toString());
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || PLAIN.indexOf((char) b) >= 0;
  }

  /** The name of the file system in a URI of ours. */
  static String fileSystem(URI uri) {
    if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
      throw new IllegalArgumentException("URI scheme: expected lamina, found " + uri);
    }
    String name = uri.getRawAuthority();
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException("URI without the name of a file system: " + uri);
    }
    return name;
  }

  /** The bytes of the path in a URI. */
  static byte[] path(URI uri) {
    String raw = uri.getRawPath();
    if (raw == null || !raw.startsWith("/")) {
      throw new IllegalArgumentException("URI without an absolute path: " + uri);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("URI with a query or fragment: " + uri);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(raw, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
