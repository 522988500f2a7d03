// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads small texts of an image, none of which is trusted to be what its path says. */
final class TreeText {
  private static final long MAX_BYTES = 64L << 20;

  private TreeText() {}

  /** Returns the lines of the first of some paths that is a file; none if none is. */
  static List<String> lines(FileTree tree, String... paths) throws IOException {
    for (String path : paths) {
      try {
        Node node = tree.resolve(TreePath.of(path), true).node();
        if (node instanceof Node.File file) {
          return lines(file);
        }
      } catch (FileSystemException e) {
        // not there, or nothing that leads there
      }
    }
    return List.of();
  }

  /** Returns the lines of a file; none if it is larger than any such file is. */
  static List<String> lines(Node.File file) throws IOException {
    return file.size() > MAX_BYTES
        ? List.of()
        : new String(file.content().toByteArray(), StandardCharsets.UTF_8).lines().toList();
  }

  /**
   * Returns paragraphs of {@code Name: value} lines, divided by empty ones, as dpkg and apk write
   * them. Names are in lower case if {@code foldCase}; lines that go on with a blank are left out.
   */
  static List<Map<String, String>> paragraphs(List<String> lines, boolean foldCase) {
    List<Map<String, String>> paragraphs = new ArrayList<>();
    Map<String, String> current = new LinkedHashMap<>();
    for (String line : lines) {
      if (line.isBlank()) {
        if (!current.isEmpty()) {
          paragraphs.add(current);
          current = new LinkedHashMap<>();
        }
        continue;
      }
      int colon = line.indexOf(':');
      if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
        String name = line.substring(0, colon);
        current.putIfAbsent(
            foldCase ? name.toLowerCase(Locale.ROOT) : name, line.substring(colon + 1).strip());
      }
    }
    if (!current.isEmpty()) {
      paragraphs.add(current);
    }
    return paragraphs;
  }
}
