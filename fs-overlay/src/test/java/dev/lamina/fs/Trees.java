// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Trees as data. */
final class Trees {
  static final Instant TIME = Instant.parse("2020-02-02T02:02:02.000000002Z");

  private Trees() {}

  static TreePath path(String path) {
    return TreePath.of(path);
  }

  static Change dir(String path) {
    return dir(path, 0755);
  }

  static Change dir(String path, int mode) {
    return new Change.Put(path(path), Node.directory(Metadata.of(mode, TIME)));
  }

  static Change file(String path, String text) {
    return new Change.Put(path(path), fileNode(text));
  }

  static Node.File fileNode(String text) {
    return Node.file(Metadata.of(0644, TIME), Content.of(text.getBytes(UTF_8)));
  }

  static Change symlink(String path, String target) {
    return new Change.Put(path(path), Node.symlink(Metadata.of(0777, TIME), target));
  }

  static Change fifo(String path) {
    return new Change.Put(path(path), Node.fifo(Metadata.of(0644, TIME)));
  }

  static Change device(String path) {
    return new Change.Put(path(path), Node.device(Metadata.of(0600, TIME), false, 1, 3));
  }

  static Change link(String path, String target) {
    return new Change.Link(path(path), path(target));
  }

  static Change removed(String path) {
    return new Change.Remove(path(path));
  }

  static Change cleared(String path) {
    return new Change.Clear(path(path));
  }

  static FileTree tree(Change... changes) {
    try {
      return FileTree.empty().apply(Changes.of(changes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line for each node: path, kind, attributes, content, and which names are one inode. */
  static String list(FileTree tree) {
    StringBuilder text = new StringBuilder();
    java.util.Map<Long, TreePath> firsts = new java.util.HashMap<>();
    tree.forEach(
        (path, node) -> {
          text.append(path).append(' ').append(node).append(' ').append(node.mtime());
          node.xattrs()
              .names()
              .forEach(
                  n ->
                      text.append(' ')
                          .append(n)
                          .append('=')
                          .append(java.util.Arrays.toString(node.xattrs().get(n).orElseThrow())));
          if (node instanceof Node.File file) {
            text.append(' ').append(text(file));
          }
          tree.linkId(path)
              .ifPresent(
                  id ->
                      text.append(" = ")
                          .append(firsts.computeIfAbsent(id, i -> path))
                          .append(" x")
                          .append(tree.linkCount(path)));
          text.append('\n');
        });
    return text.toString();
  }

  /** The bytes of a file as text; of anything else what kind it is. */
  static String contentOf(Node node) {
    return node instanceof Node.File file ? text(file) : node.getClass().getSimpleName();
  }

  static String text(Node.File file) {
    try {
      return new String(file.content().toByteArray(), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
