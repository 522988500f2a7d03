// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.ignore;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.text.Utf8;
import java.util.List;

/**
 * The patterns of a {@code .dockerignore}: which files of a folder are no part of the build
 * context.
 *
 * <pre>{@code
 * Dockerignore ignore = Dockerignore.parse("target\n!target/app.jar\n");
 * ignore.excludes("target/classes/A.class");   // true
 * ignore.excludes("target/app.jar");           // false
 * }</pre>
 *
 * <p>The rules are those of moby's patternmatcher: the last pattern that matches decides; a pattern
 * also matches what is below what it matches; {@code **} is any number of folders. Paths are
 * relative to the context, with slashes, without {@code .} and {@code ..}. The context itself is
 * never left out. All patterns together are matched in one pass over the path. Immutable and safe
 * for use by several threads.
 */
public final class Dockerignore {

  private final List<IgnorePattern> patterns;
  private final IgnoreAutomaton automaton;

  private Dockerignore(List<IgnorePattern> patterns) {
    this.patterns = List.copyOf(patterns);
    this.automaton = new IgnoreAutomaton(patterns);
  }

  /** Returns the rules that leave nothing out. */
  public static Dockerignore none() {
    return new Dockerignore(List.of());
  }

  /**
   * Reads the text of a {@code .dockerignore}.
   *
   * @throws DockerfileSyntaxException if a pattern is malformed
   */
  public static Dockerignore parse(String text) throws DockerfileSyntaxException {
    return parse(text, ".dockerignore");
  }

  /**
   * Reads the text of an ignore file.
   *
   * @param fileName the name that errors show
   * @throws DockerfileSyntaxException if a pattern is malformed
   */
  public static Dockerignore parse(String text, String fileName) throws DockerfileSyntaxException {
    return new Dockerignore(new IgnoreFile(text, fileName).patterns());
  }

  /**
   * Reads the bytes of an ignore file, which should be UTF-8. A byte that is not matches the same
   * byte in a path that has it as the character U+DC00 + byte.
   *
   * @param fileName the name that errors show
   * @throws DockerfileSyntaxException if a pattern is malformed
   */
  public static Dockerignore parse(byte[] bytes, String fileName) throws DockerfileSyntaxException {
    return parse(Utf8.decode(bytes), fileName);
  }

  /**
   * Returns the rules of patterns that are no file's lines, such as those of {@code COPY
   * --exclude}: a leading slash stays and {@code #} begins no comment.
   *
   * @throws PatternException if a pattern is malformed
   */
  public static Dockerignore of(List<String> patterns) throws PatternException {
    return new Dockerignore(IgnorePattern.compileAll(patterns));
  }

  /** Returns whether the file or folder at {@code path} is left out. */
  public boolean excludes(String path) {
    if (path.isEmpty() || path.equals(".")) {
      return false;
    }
    int last = -1;
    IgnoreState state = automaton.start();
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      i += Character.charCount(c);
      if (c == '/') {
        last = Math.max(last, state.matched().length() - 1);
      }
      state = automaton.step(state, c);
    }
    last = Math.max(last, state.matched().length() - 1);
    return last >= 0 && !automaton.isExclusion(last);
  }

  /** Returns the place to begin a walk at: the context's root. */
  public IgnoreCursor root() {
    return IgnoreCursor.atRoot(automaton);
  }

  /**
   * Returns whether there is a pattern that takes in again what another leaves out: {@code
   * !pattern}.
   */
  public boolean hasExclusions() {
    return patterns.stream().anyMatch(IgnorePattern::exclusion);
  }

  /** Returns the patterns as they are matched: cleaned, with their exclamation marks. */
  public List<String> patterns() {
    return patterns.stream()
        .map(pattern -> pattern.exclusion() ? "!" + pattern.text() : pattern.text())
        .toList();
  }
}
