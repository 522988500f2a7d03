// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.TreePath;
import dev.lamina.path.Glob;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for paths: one {@link Glob} a name, and {@code **} for any number of names. One without
 * a slash is about the last name only.
 */
final class PathGlob {
  private static final String ANY = "**";

  private final List<String> parts;
  private final List<Glob> globs;

  private PathGlob(List<String> parts) {
    this.parts = List.copyOf(parts);
    this.globs = parts.stream().map(Glob::compile).toList();
  }

  static PathGlob compile(String pattern) {
    List<String> parts = new ArrayList<>();
    if (!pattern.contains("/")) {
      parts.add(ANY);
    }
    for (String part : pattern.split("/", -1)) {
      boolean repeated = part.equals(ANY) && !parts.isEmpty() && last(parts).equals(ANY);
      if (!part.isEmpty() && !repeated) {
        parts.add(part);
      }
    }
    return new PathGlob(parts);
  }

  private static String last(List<String> parts) {
    return parts.get(parts.size() - 1);
  }

  /** Tells whether a path matches; takes time proportional to names × parts at most. */
  boolean matches(TreePath path) {
    List<String> names = path.names();
    int name = 0;
    int part = 0;
    int any = -1;
    int anyAt = 0;
    while (name < names.size()) {
      if (part < parts.size() && parts.get(part).equals(ANY)) {
        any = part++;
        anyAt = name;
      } else if (part < parts.size() && globs.get(part).matches(names.get(name))) {
        part++;
        name++;
      } else if (any >= 0) {
        part = any + 1;
        name = ++anyAt;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part).equals(ANY)) {
      part++;
    }
    return part == parts.size();
  }
}
