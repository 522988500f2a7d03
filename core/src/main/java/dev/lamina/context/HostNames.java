// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.FileNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Names of host files with every byte of them, whatever the host's charset makes of them. */
final class HostNames {
  private HostNames() {}

  /** Returns a path's text as {@link FileNames} has it. */
  static String name(Path path) {
    String text = path.toString();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        return path.toUri().getScheme().equals("file") ? FileNames.decode(bytes(path)) : text;
      }
    }
    return text;
  }

  /** A URI has a path's bytes, made absolute and, for a directory, with a slash at the end. */
  private static byte[] bytes(Path path) {
    String raw = path.toUri().getRawPath();
    if (!path.isAbsolute()) {
      raw = raw.substring(Path.of("").toUri().getRawPath().length());
    }
    boolean slash = raw.endsWith("/") && raw.length() > 1;
    return percentDecoded(slash ? raw.substring(0, raw.length() - 1) : raw);
  }

  private static byte[] percentDecoded(String raw) {
    byte[] text = raw.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[text.length];
    int length = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '%') {
        bytes[length++] = (byte) Integer.parseInt(raw, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = text[i];
      }
    }
    return Arrays.copyOf(bytes, length);
  }
}
