// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import dev.lamina.Image;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes an image as text for a person to approve: how it is run, what made its layers, and every
 * file with type, mode, owner, size and digest. Times are left out, so that building again gives
 * the same text.
 *
 * <pre>
 * user 1000
 * entrypoint [/app/run]
 * layer COPY app /app/
 *
 * dir  0755 0:0               /app
 * file 0755 1000:1000      12 /app/run a948904f2f0f
 * link 0777 0:0               /app/latest -&gt; run
 * </pre>
 */
public final class ImageListing {
  private final StringBuilder text = new StringBuilder();
  private final Map<Long, TreePath> linked = new HashMap<>();

  private ImageListing() {}

  /**
   * Returns the listing of an image, a line feed after each line.
   *
   * @throws IOException if a file can't be read
   */
  public static String of(Image image) throws IOException {
    ImageListing listing = new ImageListing();
    listing.config(image.config().config());
    image.history().stream()
        .filter(step -> !step.isEmptyLayer())
        .forEach(step -> listing.line("layer", step.instruction()));
    listing.text.append('\n');
    listing.files(image.tree());
    return listing.text.toString();
  }

  private void line(String name, String value) {
    if (!value.isEmpty() && !value.equals("[]")) {
      text.append(name).append(' ').append(value).append('\n');
    }
  }

  private void config(ContainerConfig config) {
    line("user", config.user());
    line("workdir", config.workingDir());
    line("entrypoint", config.entrypoint().toString());
    line("cmd", config.cmd().toString());
    config.env().forEach(variable -> line("env", variable));
    line("exposes", config.exposedPorts().stream().sorted().collect(Collectors.joining(" ")));
    line("volumes", config.volumes().stream().sorted().collect(Collectors.joining(" ")));
    config.labels().forEach((name, value) -> line("label", name + "=" + value));
    line("stopsignal", config.stopSignal());
    line("shell", config.shell().toString());
    config.onBuild().forEach(trigger -> line("onbuild", trigger));
  }

  private void files(FileTree tree) throws IOException {
    try {
      tree.forEach(
          (path, node) -> {
            if (!path.isRoot()) {
              file(tree, path, node);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void file(FileTree tree, TreePath path, Node node) {
    String owner = node.uid() + ":" + node.gid();
    String size = node instanceof Node.File file ? Long.toString(file.size()) : "";
    text.append(
        String.format(
            Locale.ROOT, "%-4s %04o %-11s %9s %s", type(node), node.mode(), owner, size, path));
    if (tree.linkId(path).isPresent()) {
      TreePath first = linked.putIfAbsent(tree.linkId(path).getAsLong(), path);
      if (first != null) {
        text.append(" = ").append(first).append('\n');
        return;
      }
    }
    if (node instanceof Node.File file) {
      text.append(' ').append(digest(file.content()));
    } else if (node instanceof Node.Symlink link) {
      text.append(" -> ").append(link.target());
    } else if (node instanceof Node.Device device) {
      text.append(' ').append(device.major()).append(':').append(device.minor());
    }
    for (String name : node.xattrs().names()) {
      text.append(" +").append(name);
    }
    text.append('\n');
  }

  private static String type(Node node) {
    return node.accept(Types.INSTANCE);
  }

  private static String digest(Content content) {
    try {
      return Digest.sha256(content).shortHex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Types implements Node.Visitor<String> {
    static final Types INSTANCE = new Types();

    @Override
    public String directory(Node.Directory directory) {
      return "dir";
    }

    @Override
    public String file(Node.File file) {
      return "file";
    }

    @Override
    public String symlink(Node.Symlink symlink) {
      return "link";
    }

    @Override
    public String device(Node.Device device) {
      return device.isBlock() ? "blk" : "chr";
    }

    @Override
    public String fifo(Node.Fifo fifo) {
      return "fifo";
    }

    @Override
    public String socket(Node.Socket socket) {
      return "sock";
    }
  }
}
