// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.dockerfile.ignore.IgnoreCursor;
import dev.lamina.dockerfile.ignore.PatternException;
import java.util.List;
import java.util.Optional;

/**
 * Includes what its patterns match, if it has such, and leaves out what others match, with the
 * grammar of {@code .dockerignore}. What holds for a directory holds for what is in it, until a
 * pattern says otherwise.
 */
public final class PatternFilter implements PathFilter {
  private final Optional<Dockerignore> included;
  private final Dockerignore excluded;

  private PatternFilter(Optional<Dockerignore> included, Dockerignore excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /** Returns a filter that leaves out what an ignore file does. */
  public static PathFilter excluding(Dockerignore excluded) {
    return excluded.patterns().isEmpty() ? ALL : new PatternFilter(Optional.empty(), excluded);
  }

  /**
   * Returns a filter of patterns.
   *
   * @param included what is included; nothing stands for everything
   * @param excluded what of it is left out
   * @throws PatternException if a pattern is malformed
   */
  public static PathFilter of(List<String> included, List<String> excluded)
      throws PatternException {
    return included.isEmpty()
        ? excluding(Dockerignore.of(excluded))
        : new PatternFilter(Optional.of(Dockerignore.of(included)), Dockerignore.of(excluded));
  }

  @Override
  public boolean includes(String path) {
    return (included.isEmpty() || included.get().excludes(path)) && !excluded.excludes(path);
  }

  @Override
  public boolean mayIncludeBelow(String path) {
    IgnoreCursor cursor = excluded.root();
    for (String name : path.split("/", -1)) {
      cursor = cursor.child(name);
    }
    return cursor.mayContainIncluded();
  }
}
