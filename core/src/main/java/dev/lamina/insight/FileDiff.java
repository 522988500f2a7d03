// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Change;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.annotation.Nullable;

/**
 * Compares the files of two trees, byte by byte. What the trees share is not looked at; they need
 * not have anything in common.
 */
final class FileDiff {
  private FileDiff() {}

  static void add(FileTree before, FileTree after, List<Difference> all) throws IOException {
    SortedSet<TreePath> paths = new TreeSet<>();
    for (Change change : after.diff(before)) {
      TreePath path = change.path();
      paths.add(path);
      boolean directory = after.node(path).orElse(null) instanceof Node.Directory;
      if (!directory && before.node(path).orElse(null) instanceof Node.Directory gone) {
        FileTree.of(gone).forEach((below, node) -> paths.add(below.rebase(TreePath.ROOT, path)));
      }
    }
    for (TreePath path : paths) {
      add(path, before.node(path).orElse(null), after.node(path).orElse(null), all);
    }
  }

  private static void add(
      TreePath path, @Nullable Node was, @Nullable Node is, List<Difference> all)
      throws IOException {
    String subject = Texts.safe(path.toString());
    if (was == null && is == null) {
      return;
    }
    if (was == null || is == null) {
      Optional<String> first = Optional.ofNullable(was).map(FileDiff::describe);
      Optional<String> second = Optional.ofNullable(is).map(FileDiff::describe);
      all.add(new Difference(Difference.Kind.FILE, subject, first, second));
      return;
    }
    if (was == is) {
      return;
    }
    Comparison comparison = Comparison.of(Optional.of(was), is);
    Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    attributes.addAll(comparison.attributes());
    boolean other = comparison.kind() == ChangeKind.CHANGED;
    boolean time = attributes.remove(Attribute.MTIME);
    if (other || !attributes.isEmpty()) {
      all.add(
          new Difference(
              Difference.Kind.FILE,
              subject,
              Optional.of(describe(was, is, other, attributes)),
              Optional.of(describe(is, was, other, attributes))));
    } else if (time) {
      all.add(
          new Difference(
              Difference.Kind.TIME,
              subject,
              Optional.of(was.mtime().toString()),
              Optional.of(is.mtime().toString())));
    }
  }

  private static String describe(Node node) {
    return EntryType.of(node).text()
        + (node instanceof Node.File file ? " of " + file.size() + " bytes" : "")
        + (node instanceof Node.Symlink link ? " to " + Texts.safe(link.target()) : "");
  }

  private static String describe(Node node, Node against, boolean other, Set<Attribute> differing) {
    List<String> words = new ArrayList<>();
    if (other && EntryType.of(node) != EntryType.of(against)) {
      return describe(node);
    }
    if (other) {
      words.add(
          node instanceof Node.File x && against instanceof Node.File y && x.size() == y.size()
              ? "other bytes"
              : node instanceof Node.File file ? file.size() + " bytes" : describe(node));
    }
    if (differing.contains(Attribute.MODE)) {
      words.add(String.format(Locale.ROOT, "mode %04o", node.mode()));
    }
    if (differing.contains(Attribute.OWNER)) {
      words.add("owner " + node.uid() + ":" + node.gid());
    }
    if (differing.contains(Attribute.XATTRS)) {
      words.add("attributes " + node.xattrs().names());
    }
    return String.join(", ", words);
  }
}
