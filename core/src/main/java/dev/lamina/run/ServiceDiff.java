// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code docker diff} says that a container changed of its image. The service replaces bytes
 * of names that are no UTF-8, and prints a name with a line break as two lines: such names are
 * known by a key that several may have.
 *
 * @param added keys of what is new
 * @param changed keys of what is another now; of a directory, if any name in it is
 * @param removed keys of what is gone; podman also says so of a directory that was made anew
 * @param exact whether a key is a path
 */
record ServiceDiff(Set<String> added, Set<String> changed, Set<String> removed, boolean exact) {
  private static final Pattern LINE = Pattern.compile("[ACD] /.*");
  private static final Pattern REPLACED = Pattern.compile("\uFFFD+");

  /** Reads what the program printed. */
  static ServiceDiff parse(String text) {
    Set<String> added = new TreeSet<>();
    Set<String> changed = new TreeSet<>();
    Set<String> removed = new TreeSet<>();
    List<String> lines = text.lines().toList();
    List<String> changes = lines.stream().filter(line -> LINE.matcher(line).matches()).toList();
    for (String line : changes) {
      Set<String> kind =
          switch (line.charAt(0)) {
            case 'A' -> added;
            case 'C' -> changed;
            default -> removed;
          };
      kind.add(key(line.substring(2)));
    }
    boolean exact = changes.size() == lines.size() && text.indexOf('\uFFFD') < 0;
    return new ServiceDiff(added, changed, removed, exact);
  }

  /** Returns the key of a path. */
  static String key(TreePath path) {
    return key(new String(path.toBytes(), StandardCharsets.UTF_8));
  }

  private static String key(String printed) {
    int end = printed.indexOf('\n');
    return REPLACED.matcher(end < 0 ? printed : printed.substring(0, end)).replaceAll("\uFFFD");
  }

  boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }

  /** Tells whether a path is named, so that what is there now is another than before. */
  boolean names(TreePath path) {
    String key = key(path);
    return added.contains(key) || changed.contains(key) || removed.contains(key);
  }

  /** Returns what is new in directories that were there. */
  List<TreePath> topsOfAdded() {
    List<TreePath> tops = new ArrayList<>();
    Set<TreePath> paths = added.stream().map(TreePath::of).collect(Collectors.toSet());
    for (TreePath path : new TreeSet<>(paths)) {
      if (!paths.contains(path.parent())) {
        tops.add(path);
      }
    }
    return tops;
  }
}
