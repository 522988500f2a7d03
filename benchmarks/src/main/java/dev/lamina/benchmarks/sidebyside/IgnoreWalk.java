// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.dockerfile.ignore.IgnoreCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Paths, parents first, that a {@code .dockerignore} is asked about. */
final class IgnoreWalk {
  private final String[] names;
  private final int[] parents;

  /** Takes the paths. */
  IgnoreWalk(List<String> paths) {
    names = new String[paths.size()];
    parents = new int[paths.size()];
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      String path = paths.get(i);
      int slash = path.lastIndexOf('/');
      names[i] = path.substring(slash + 1);
      parents[i] = slash < 0 ? -1 : places.getOrDefault(path.substring(0, slash), -1);
      var unused = places.put(path, i);
    }
  }

  /** Returns how many of them are left out, each found with what is known of its parent. */
  int ignored(String patterns) throws DockerfileSyntaxException {
    IgnoreCursor root = Dockerignore.parse(patterns).root();
    IgnoreCursor[] cursors = new IgnoreCursor[names.length];
    int ignored = 0;
    for (int i = 0; i < names.length; i++) {
      IgnoreCursor parent = parents[i] < 0 ? root : cursors[parents[i]];
      cursors[i] = parent.child(names[i]);
      ignored += cursors[i].isExcluded() ? 1 : 0;
    }
    return ignored;
  }
}
