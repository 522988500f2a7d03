// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.path.PathFilter;
import dev.lamina.spi.LayerInputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/**
 * Declares files as inputs: names, types, modes, owners, attributes and contents. Times are no
 * input, so a fresh checkout of the same files is answered by the cache.
 */
final class NodeDigests {
  private final FileTree tree;
  private final LayerInputs inputs;
  private final PathFilter filter;

  NodeDigests(FileTree tree, LayerInputs inputs, PathFilter filter) {
    this.tree = tree;
    this.inputs = inputs;
    this.filter = filter;
  }

  /**
   * Declares a file, or all that is in a directory.
   *
   * @param path without links
   * @param name what it is called, also in the key
   */
  void declare(TreePath path, String name) throws IOException, InterruptedException {
    Node node = tree.node(path).orElseThrow();
    if (node instanceof Node.Directory directory) {
      declareChildren(directory, name, "");
    } else {
      inputs.add("file " + name, describe(node));
    }
  }

  private void declareChildren(Node.Directory directory, String name, String relative)
      throws IOException, InterruptedException {
    try {
      directory.forEach(
          (childName, child) ->
              declareChild(
                  child, name, relative.isEmpty() ? childName : relative + "/" + childName));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (InterruptedWalk e) {
      throw new InterruptedException();
    }
  }

  private void declareChild(Node child, String name, String relative) {
    try {
      if (filter.includes(relative)) {
        inputs.add("file " + join(name, relative), describe(child));
      }
      if (child instanceof Node.Directory directory
          && (filter.includes(relative) || filter.mayIncludeBelow(relative))) {
        declareChildren(directory, name, relative);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new InterruptedWalk();
    }
  }

  private static String join(String name, String relative) {
    return name.isEmpty() ? relative : name + "/" + relative;
  }

  private String describe(Node node) throws IOException, InterruptedException {
    String content =
        node instanceof Node.File file
            ? "file " + file.size() + " " + inputs.digest(file.content())
            : node.accept(new Kind());
    return Integer.toOctalString(node.mode())
        + " "
        + node.uid()
        + ":"
        + node.gid()
        + " "
        + content
        + describe(node.xattrs());
  }

  private static String describe(Xattrs xattrs) {
    StringBuilder text = new StringBuilder();
    for (String name : xattrs.names()) {
      text.append(' ').append(name).append('=');
      text.append(HexFormat.of().formatHex(xattrs.get(name).orElseThrow()));
    }
    return text.toString();
  }

  private static final class InterruptedWalk extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Kind implements Node.Visitor<String> {
    @Override
    public String directory(Node.Directory directory) {
      return "directory";
    }

    @Override
    public String file(Node.File file) {
      return "file";
    }

    @Override
    public String symlink(Node.Symlink symlink) {
      return "link to " + symlink.target();
    }

    @Override
    public String device(Node.Device device) {
      return (device.isBlock() ? "block " : "char ") + device.major() + ":" + device.minor();
    }

    @Override
    public String fifo(Node.Fifo fifo) {
      return "fifo";
    }

    @Override
    public String socket(Node.Socket socket) {
      return "socket";
    }
  }
}
