// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import dev.lamina.fs.FileTree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the database of Alpine's package manager. */
final class ApkReader implements PackageReader {
  private static final String DATABASE = "/lib/apk/db/installed";
  private static final String NEWER = "/usr/lib/apk/db/installed";

  @Override
  public List<SoftwarePackage> read(FileTree tree, OsRelease release) throws IOException {
    List<SoftwarePackage> packages = new ArrayList<>();
    List<String> lines = TreeText.lines(tree, DATABASE, NEWER);
    for (Map<String, String> fields : TreeText.paragraphs(lines, false)) {
      String name = fields.getOrDefault("P", "");
      String version = fields.getOrDefault("V", "");
      if (!name.isEmpty()) {
        Map<String, String> qualifiers =
            Map.of("arch", fields.getOrDefault("A", ""), "distro", release.distro());
        packages.add(
            new SoftwarePackage(
                SoftwarePackage.Kind.APK,
                name,
                version,
                PackageUrl.of("apk", release.namespace("alpine"), name, version, qualifiers),
                fields.getOrDefault("L", ""),
                DATABASE));
      }
    }
    return packages;
  }
}
