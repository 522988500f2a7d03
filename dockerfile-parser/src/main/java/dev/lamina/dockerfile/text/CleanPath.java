// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

import java.util.ArrayDeque;
import java.util.Deque;

/** Shortens paths as Go's {@code filepath.Clean} does on Unix. */
public final class CleanPath {

  private CleanPath() {}

  /**
   * Returns {@code path} without empty and {@code .} parts, and without the parts that {@code ..}
   * takes back.
   */
  public static String of(String path) {
    boolean absolute = path.startsWith("/");
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      if (!part.equals("..")) {
        parts.addLast(part);
      } else if (!parts.isEmpty() && !parts.getLast().equals("..")) {
        parts.removeLast();
      } else if (!absolute) {
        parts.addLast(part);
      }
    }
    String clean = String.join("/", parts);
    if (absolute) {
      return "/" + clean;
    }
    return clean.isEmpty() ? "." : clean;
  }
}
