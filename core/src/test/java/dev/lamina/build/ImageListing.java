// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An image as lines of text, as {@code builds/record} writes what Docker made. */
final class ImageListing {
  private ImageListing() {}

  /** Returns the lines of an image that was built. */
  static List<String> of(StoredImage image) throws IOException {
    List<String> lines = new ArrayList<>();
    files(image.tree()).forEach((path, text) -> lines.add(path + ": " + text));
    String raw = new String(image.config().raw(), StandardCharsets.UTF_8);
    JsonObject config = JsonParser.parseString(raw).getAsJsonObject();
    addConfig(config.getAsJsonObject("config"), lines);
    image
        .config()
        .history()
        .forEach(
            entry ->
                lines.add(
                    "history: " + entry.createdBy() + (entry.emptyLayer() ? " (empty)" : "")));
    lines.add("layers: " + image.layers().size());
    if (!image.config().author().isEmpty()) {
      lines.add("author: " + image.config().author());
    }
    return lines;
  }

  /** Returns the lines of an image that was recorded. */
  static List<String> of(JsonObject recorded) {
    List<String> lines = new ArrayList<>();
    Map<String, String> files = new TreeMap<>();
    recorded
        .getAsJsonObject("files")
        .entrySet()
        .forEach(file -> files.put(file.getKey(), file.getValue().getAsString()));
    files.forEach((path, text) -> lines.add(path + ": " + text));
    addConfig(recorded.getAsJsonObject("config"), lines);
    recorded.getAsJsonArray("history").forEach(h -> lines.add("history: " + h.getAsString()));
    lines.add("layers: " + recorded.get("layers").getAsInt());
    if (recorded.has("author")) {
      lines.add("author: " + recorded.get("author").getAsString());
    }
    return lines;
  }

  private static void addConfig(JsonObject config, List<String> lines) {
    new TreeMap<>(config.asMap())
        .forEach(
            (name, value) -> {
              if (!isEmpty(value)) {
                lines.add("config." + name + ": " + sorted(value));
              }
            });
  }

  private static boolean isEmpty(JsonElement value) {
    return value.isJsonNull()
        || (value.isJsonObject() && value.getAsJsonObject().size() == 0)
        || (value.isJsonArray() && value.getAsJsonArray().isEmpty())
        || (value.isJsonPrimitive()
            && (value.getAsString().isEmpty() || value.getAsString().equals("false")));
  }

  private static String sorted(JsonElement value) {
    return value.isJsonObject()
        ? new TreeMap<>(value.getAsJsonObject().asMap()).toString()
        : value.toString();
  }

  private static Map<String, String> files(FileTree tree) {
    Map<String, String> files = new TreeMap<>();
    Map<Long, String> linked = new HashMap<>();
    tree.forEach(
        (path, node) -> {
          if (!path.isRoot()) {
            files.put(path.toString(), describe(node) + links(tree, path, linked));
          }
        });
    return files;
  }

  /** The walk is in byte order, so the first name met of an inode is the smallest. */
  private static String links(FileTree tree, TreePath path, Map<Long, String> linked) {
    if (tree.linkId(path).isEmpty()) {
      return "";
    }
    String first = linked.putIfAbsent(tree.linkId(path).getAsLong(), path.toString());
    return " = " + (first == null ? path : first);
  }

  private static String describe(Node node) {
    String head = String.format(Locale.ROOT, "%04o %d:%d", node.mode(), node.uid(), node.gid());
    if (node instanceof Node.Directory) {
      return "dir " + head;
    }
    if (node instanceof Node.Symlink link) {
      return "link " + node.uid() + ":" + node.gid() + " " + link.target();
    }
    if (node instanceof Node.Fifo) {
      return "fifo " + head;
    }
    if (node instanceof Node.File file) {
      return "file " + head + " " + file.size() + " " + digest(file).substring(0, 16);
    }
    Node.Device device = (Node.Device) node;
    return "device " + head + " " + device.major() + "," + device.minor();
  }

  private static String digest(Node.File file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(file.content().toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
