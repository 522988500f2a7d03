// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.NodeText;
import dev.lamina.path.PathFilter;
import dev.lamina.spi.LayerInputs;
import dev.lamina.task.Parallel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Declares files as inputs: names, types, modes, owners, attributes and contents. Times are no
 * input, so a fresh checkout of the same files is answered by the cache. Contents are digested on
 * all cores.
 */
final class NodeDigests {
  /** How many files a thread takes at a time. */
  private static final int PART = 64;

  private final FileTree tree;
  private final LayerInputs inputs;
  private final PathFilter filter;

  /** A file, and what it is called in the key. */
  private record Found(String name, Node node) {}

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
    List<Found> found = new ArrayList<>();
    if (node instanceof Node.Directory directory) {
      findChildren(directory, name, "", found);
    } else {
      found.add(new Found(name, node));
    }
    String[] described = describe(found);
    for (int i = 0; i < described.length; i++) {
      inputs.add("file " + found.get(i).name(), described[i]);
    }
  }

  private void findChildren(
      Node.Directory directory, String name, String relative, List<Found> found) {
    directory.forEach(
        (childName, child) ->
            find(child, name, relative.isEmpty() ? childName : relative + "/" + childName, found));
  }

  private void find(Node child, String name, String relative, List<Found> found) {
    boolean included = filter.includes(relative);
    if (included) {
      found.add(new Found(join(name, relative), child));
    }
    if (child instanceof Node.Directory directory
        && (included || filter.mayIncludeBelow(relative))) {
      findChildren(directory, name, relative, found);
    }
  }

  private String[] describe(List<Found> found) throws IOException, InterruptedException {
    String[] described = new String[found.size()];
    List<Parallel.Task> parts = new ArrayList<>();
    for (int from = 0; from < described.length; from += PART) {
      int first = from;
      int end = Math.min(described.length, from + PART);
      parts.add(
          () -> {
            for (int i = first; i < end; i++) {
              described[i] = describeOrStop(found.get(i).node());
            }
          });
    }
    try {
      Parallel.run(parts, Runtime.getRuntime().availableProcessors());
    } catch (InterruptedIOException e) {
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException().initCause(e);
      }
      throw e;
    }
    return described;
  }

  /** Stops as other input and output does, which is all that a task can. */
  private String describeOrStop(Node node) throws IOException {
    try {
      return describe(node);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException) new InterruptedIOException().initCause(e);
    }
  }

  private static String join(String name, String relative) {
    return name.isEmpty() ? relative : name + "/" + relative;
  }

  private String describe(Node node) throws IOException, InterruptedException {
    return node instanceof Node.File file
        ? NodeText.of(file, inputs.digest(file.content()))
        : NodeText.of(node);
  }
}
