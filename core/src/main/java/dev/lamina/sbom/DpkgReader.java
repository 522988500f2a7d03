// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the status of dpkg, and the folder in which distroless images keep it. */
final class DpkgReader implements PackageReader {
  private static final String STATUS = "/var/lib/dpkg/status";
  private static final TreePath FOLDER = TreePath.of("/var/lib/dpkg/status.d");

  @Override
  public List<SoftwarePackage> read(FileTree tree, OsRelease release) throws IOException {
    List<SoftwarePackage> packages = new ArrayList<>();
    add(TreeText.lines(tree, STATUS), STATUS, release, packages);
    if (tree.node(FOLDER).orElse(null) instanceof Node.Directory directory) {
      for (String name : directory.names()) {
        if (!name.endsWith(".md5sums")
            && directory.child(name).orElse(null) instanceof Node.File f) {
          add(TreeText.lines(f), FOLDER + "/" + name, release, packages);
        }
      }
    }
    return packages;
  }

  private static void add(
      List<String> lines, String source, OsRelease release, List<SoftwarePackage> packages) {
    for (Map<String, String> fields : TreeText.paragraphs(lines, true)) {
      String name = fields.getOrDefault("package", "");
      String status = fields.getOrDefault("status", "install ok installed");
      if (name.isEmpty() || !status.endsWith(" installed")) {
        continue; // removed, and only its configuration is left
      }
      String version = fields.getOrDefault("version", "");
      String url =
          PackageUrl.of(
              "deb",
              release.namespace("debian"),
              name,
              version,
              Map.of(
                  "arch",
                  fields.getOrDefault("architecture", ""),
                  "distro",
                  release.distro(),
                  "upstream",
                  fields.getOrDefault("source", "").replaceFirst(" .*", "")));
      packages.add(new SoftwarePackage(SoftwarePackage.Kind.DEB, name, version, url, "", source));
    }
  }
}
