// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.path.Glob;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A source of COPY or ADD: a path, or a pattern for paths. The names before the first wildcard are
 * a path, whose links are followed; below it no link is. What a pattern matches comes in byte
 * order.
 */
final class SourcePattern {
  private final String fixed;
  private final List<String> wild;

  private SourcePattern(String fixed, List<String> wild) {
    this.fixed = fixed;
    this.wild = wild;
  }

  /** Reads a path as it stands in the instruction; it is taken from the source's root. */
  static SourcePattern of(String text) {
    List<String> names = TreePath.of(text).names();
    int first = 0;
    while (first < names.size() && !Glob.hasWildcards(names.get(first))) {
      first++;
    }
    String fixed = "/" + String.join("/", names.subList(0, first));
    return new SourcePattern(fixed, List.copyOf(names.subList(first, names.size())));
  }

  /** Fails if an element of it is a malformed pattern. */
  void requireSound() throws StepException {
    for (String element : wild) {
      if (!Glob.compile(element).isSound()) {
        throw new StepException(text() + ": syntax error in pattern");
      }
    }
  }

  boolean isWild() {
    return !wild.isEmpty();
  }

  /** Returns the path or pattern, absolute and clean. */
  String text() {
    String rest = String.join("/", wild);
    return rest.isEmpty() ? fixed : fixed.equals("/") ? "/" + rest : fixed + "/" + rest;
  }

  /** Tells whether what comes before the first wildcard is there. */
  boolean startsIn(FileTree tree) throws IOException {
    return tree.node(tree.follow(TreePath.of(fixed))).isPresent();
  }

  /**
   * Returns the paths meant, absolute and clean: the path itself, or what the pattern matches.
   *
   * @throws StepException if what comes before the first wildcard is not there
   */
  List<String> matches(FileTree tree) throws IOException {
    if (!isWild()) {
      return List.of(fixed);
    }
    TreePath start = tree.follow(TreePath.of(fixed));
    Node node =
        tree.node(start)
            .orElseThrow(() -> new StepException("lstat " + fixed + ": no such file or directory"));
    List<String> found = new ArrayList<>();
    expand(start.isRoot() ? "" : start.toString(), node, 0, found);
    return found;
  }

  private void expand(String path, Node node, int depth, List<String> found) {
    if (!(node instanceof Node.Directory directory)) {
      return;
    }
    Glob glob = Glob.compile(wild.get(depth));
    directory.forEach(
        (name, child) -> {
          if (!glob.matches(name)) {
            return;
          }
          if (depth == wild.size() - 1) {
            found.add(path + "/" + name);
          } else {
            expand(path + "/" + name, child, depth + 1, found);
          }
        });
  }

  /** Returns the last name of what a match is copied as. */
  static String name(String match) {
    return SlashPath.base(match);
  }
}
