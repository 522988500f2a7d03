// SPDX-License-Identifier: Apache-2.0
package dev.lamina.sbom;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the description that each package of Node.js has of itself. */
final class NpmReader implements PackageReader {
  private static final String MODULES = "node_modules";
  private static final int MAX_BYTES = 4 << 20;

  @Override
  public List<SoftwarePackage> read(FileTree tree, OsRelease release) throws IOException {
    Map<TreePath, Node.File> descriptions = new TreeMap<>();
    tree.forEach(
        (path, node) -> {
          if (node instanceof Node.File file
              && path.name().equals("package.json")
              && isPackage(path.parent())
              && file.size() <= MAX_BYTES) {
            descriptions.put(path, file);
          }
        });
    List<SoftwarePackage> packages = new ArrayList<>();
    for (Map.Entry<TreePath, Node.File> each : descriptions.entrySet()) {
      byte[] bytes = each.getValue().content().toByteArray();
      read(bytes, each.getKey().toString()).ifPresent(packages::add);
    }
    return packages;
  }

  /** A package is a folder in node_modules, or one in a scope there. */
  private static boolean isPackage(TreePath folder) {
    TreePath parent = folder.parent();
    return parent.name().equals(MODULES)
        || (parent.name().startsWith("@") && parent.parent().name().equals(MODULES));
  }

  private static Optional<SoftwarePackage> read(byte[] bytes, String source) {
    JsonObject json;
    try {
      json = StrictJson.parseObject(bytes, source, MAX_BYTES);
    } catch (InvalidJsonException e) {
      return Optional.empty(); // a file of that name that is something else
    }
    String name = text(json.get("name"));
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String version = text(json.get("version"));
    int slash = name.indexOf('/');
    String url =
        PackageUrl.of(
            "npm",
            slash < 0 ? "" : name.substring(0, slash),
            name.substring(slash + 1),
            version,
            Map.of());
    JsonElement license = json.get("license");
    String declared =
        license != null && license.isJsonObject()
            ? text(license.getAsJsonObject().get("type"))
            : text(license);
    return Optional.of(
        new SoftwarePackage(SoftwarePackage.Kind.NPM, name, version, url, declared, source));
  }

  private static String text(@javax.annotation.Nullable JsonElement element) {
    return element != null && element.isJsonPrimitive() && element.getAsJsonPrimitive().isString()
        ? element.getAsString()
        : "";
  }
}
