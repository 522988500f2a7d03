// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.TreePath;
import dev.lamina.path.Glob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * Finds the part of a context that a build looks at, as BuildKit sends it: what paths and patterns
 * lead to, with the links on the way, which stay inside the context. A pattern that matches nothing
 * brings nothing, not even the directory it looks into. Only directories on the way are looked at,
 * and listed only for a wildcard.
 *
 * @param <P> the places looked at
 */
final class NeededPaths<P extends Place<P>> {
  private static final int MAX_LINKS = 255;

  private final P root;
  private final Map<TreePath, P> found = new TreeMap<>();
  private final Set<List<String>> done = new HashSet<>();

  private NeededPaths(P root) {
    this.root = root;
  }

  /** Returns what is found, in the order of a walk; all that is below it is needed as well. */
  static <P extends Place<P>> Map<TreePath, P> find(P root, Set<String> needed) throws IOException {
    NeededPaths<P> paths = new NeededPaths<>(root);
    for (String path : needed) {
      paths.findFromRoot(TreePath.of(path).names(), 0);
    }
    return paths.outermost();
  }

  private Map<TreePath, P> outermost() {
    Map<TreePath, P> outermost = new TreeMap<>();
    TreePath last = null;
    for (Map.Entry<TreePath, P> each : found.entrySet()) {
      if (last == null || !each.getKey().startsWith(last)) {
        last = each.getKey();
        outermost.put(last, each.getValue());
      }
    }
    return outermost;
  }

  /** A path that was followed before leads nowhere new; one of too many links leads nowhere. */
  private void findFromRoot(List<String> names, int links) throws IOException {
    if (links <= MAX_LINKS && done.add(names)) {
      find(TreePath.ROOT, root, names, links);
    }
  }

  private void find(TreePath at, P place, List<String> names, int links) throws IOException {
    if (names.isEmpty()) {
      found.put(at, place);
      return;
    }
    if (!place.isDirectory()) {
      return;
    }
    String next = names.get(0);
    List<String> rest = names.subList(1, names.size());
    if (!Glob.hasWildcards(next)) {
      enter(at.resolve(next), place.childOrNull(next), rest, links);
      return;
    }
    Glob glob = Glob.compile(next);
    for (String name : place.names()) {
      if (glob.matches(name)) {
        enter(at.resolve(name), place.childOrNull(name), rest, links);
      }
    }
  }

  private void enter(TreePath path, @Nullable P place, List<String> rest, int links)
      throws IOException {
    if (place == null) {
      return;
    }
    if (place.link().isPresent()) {
      found.put(path, place);
      List<String> whole = new ArrayList<>(path.parent().resolve(place.link().get()).names());
      whole.addAll(rest);
      findFromRoot(List.copyOf(whole), links + 1);
    } else {
      find(path, place, rest, links);
    }
  }
}
