// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads Java archives, and those inside them. */
final class JarReader implements PackageReader {

  @Override
  public List<SoftwarePackage> read(FileTree tree, OsRelease release) throws IOException {
    Map<TreePath, Node.File> jars = new TreeMap<>();
    tree.forEach(
        (path, node) -> {
          if (node instanceof Node.File file && isJar(path.name())) {
            jars.put(path, file);
          }
        });
    List<SoftwarePackage> packages = new ArrayList<>();
    for (Map.Entry<TreePath, Node.File> jar : jars.entrySet()) {
      try (InputStream in = jar.getValue().content().newInputStream()) {
        JarContents.read(in, jar.getKey().toString(), packages);
      }
    }
    return packages;
  }

  static boolean isJar(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jar") || lower.endsWith(".war") || lower.endsWith(".ear");
  }
}
