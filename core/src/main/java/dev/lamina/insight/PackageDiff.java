// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.sbom.Sbom;
import dev.lamina.sbom.SoftwarePackage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the packages of two trees, if the databases of dpkg or apk differ. */
final class PackageDiff {
  private static final List<TreePath> DATABASES =
      List.of(
          TreePath.of("/var/lib/dpkg/status"),
          TreePath.of("/var/lib/dpkg/status.d"),
          TreePath.of("/lib/apk/db/installed"),
          TreePath.of("/usr/lib/apk/db/installed"));

  private PackageDiff() {}

  static void add(FileTree before, FileTree after, List<Difference> all) throws IOException {
    if (DATABASES.stream().allMatch(path -> isSame(before.node(path), after.node(path)))) {
      return;
    }
    Map<String, String> was = versions(before);
    Map<String, String> is = versions(after);
    TreeSet<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    for (String name : names) {
      Optional<String> first = Optional.ofNullable(was.get(name));
      Optional<String> second = Optional.ofNullable(is.get(name));
      if (!first.equals(second)) {
        all.add(new Difference(Difference.Kind.PACKAGE, Texts.safe(name), first, second));
      }
    }
  }

  /** Whether two nodes are certain to be the same, without a look at their bytes. */
  private static boolean isSame(Optional<Node> before, Optional<Node> after) {
    return (before.isEmpty() && after.isEmpty()) || (before.isPresent() && before.equals(after));
  }

  private static Map<String, String> versions(FileTree tree) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    for (SoftwarePackage each : Sbom.systemPackages(tree)) {
      versions.merge(each.name(), Texts.safe(each.version()), (a, b) -> a + ", " + b);
    }
    return versions;
  }
}
