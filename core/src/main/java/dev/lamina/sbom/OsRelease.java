// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What an image says its distribution is.
 *
 * @param id such as {@code debian}; empty if it doesn't say
 * @param version such as {@code 12}; empty if it doesn't say
 */
record OsRelease(String id, String version) {

  static OsRelease of(FileTree tree) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : TreeText.lines(tree, "/etc/os-release", "/usr/lib/os-release")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String value = line.substring(equals + 1).strip().replaceAll("^[\"']|[\"']$", "");
        values.putIfAbsent(line.substring(0, equals), value);
      }
    }
    return new OsRelease(values.getOrDefault("ID", ""), values.getOrDefault("VERSION_ID", ""));
  }

  /** Returns what package URLs call the distribution: {@code debian-12}. */
  String distro() {
    return version.isEmpty() ? id : id + "-" + version;
  }

  /** Returns the name space of package URLs. */
  String namespace(String otherwise) {
    return id.isEmpty() ? otherwise : id;
  }
}
