// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

import java.util.ArrayDeque;
import java.util.Deque;

/** Text operations on paths with slashes, with the results of Go's package {@code path}. */
public final class SlashPath {
  private SlashPath() {}

  /** Returns the shortest path that names the same file by text alone; {@code .} if empty. */
  public static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty() && !parts.getLast().equals("..")) {
          parts.removeLast();
        } else if (!rooted) {
          parts.addLast(part);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /** Returns the two with a slash between them, cleaned; {@code ""} if both are empty. */
  public static String join(String first, String second) {
    if (first.isEmpty()) {
      return second.isEmpty() ? "" : clean(second);
    }
    return clean(second.isEmpty() ? first : first + "/" + second);
  }

  /** Returns the path below the root, cleaned: no {@code ..} leads out. */
  public static String absolute(String path) {
    return clean("/" + path);
  }

  /**
   * Returns the path below the root, cleaned, but with the trailing {@code /} or {@code /.} it came
   * with: what follows a directory's name says how it is meant.
   */
  public static String absoluteKeepingEnd(String path) {
    String clean = absolute(path);
    if (path.endsWith("/.")) {
      return clean.equals("/") ? "/." : clean + "/.";
    }
    return path.endsWith("/") && !clean.equals("/") ? clean + "/" : clean;
  }

  /** Returns the last element, without trailing slashes; {@code /} for the root. */
  public static String base(String path) {
    if (path.isEmpty()) {
      return ".";
    }
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    String trimmed = path.substring(0, end);
    return trimmed.equals("/") ? trimmed : trimmed.substring(trimmed.lastIndexOf('/') + 1);
  }

  /** Returns all but the last element, cleaned. */
  public static String dir(String path) {
    return clean(path.substring(0, path.lastIndexOf('/') + 1));
  }
}
