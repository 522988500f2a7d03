// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds files by their path, and lines by what is in them.
 *
 * <pre>{@code
 * TreeSearch search = TreeSearch.in(image.tree());
 * search.find("*.jar");                                         // anywhere
 * search.find("/etc/*.conf");                                   // directly in /etc
 * search.grep(Pattern.compile("jdk.tls"), "/opt/java/**");
 * }</pre>
 *
 * <p>Patterns are those of Go's {@code filepath.Match} for each name of a path: {@code *}, {@code
 * ?}, {@code [a-z]}; {@code **} stands for any number of names, none included. A pattern without a
 * slash matches the last name, wherever it is. Links are not followed.
 *
 * <p>Immutable and thread-safe. Results are in the order of a walk.
 */
public final class TreeSearch {
  private final FileTree tree;

  private TreeSearch(FileTree tree) {
    this.tree = tree;
  }

  /** Returns a search in a tree. */
  public static TreeSearch in(FileTree tree) {
    return new TreeSearch(tree);
  }

  /**
   * Something found.
   *
   * @param path where it is
   * @param node what it is
   */
  public record Found(TreePath path, Node node) {
    /** Returns the path. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * A line found.
   *
   * @param path the file
   * @param line which line, from 1
   * @param text the line without its end; bytes that are no UTF-8 as in {@link
   *     dev.lamina.fs.FileNames}
   */
  public record Match(TreePath path, long line, String text) {
    /** Returns it as grep does, {@code /etc/hosts:1:127.0.0.1 localhost}. */
    @Override
    public String toString() {
      return path + ":" + line + ":" + text;
    }
  }

  /** Returns what has a path that matches, of any type. */
  public List<Found> find(String glob) {
    PathGlob pattern = PathGlob.compile(glob);
    List<Found> found = new ArrayList<>();
    tree.forEach(
        (path, node) -> {
          if (pattern.matches(path)) {
            found.add(new Found(path, node));
          }
        });
    return List.copyOf(found);
  }

  /** Returns the lines of all text files in which a pattern is found; see the other method. */
  public List<Match> grep(Pattern pattern) throws IOException {
    return grep(pattern, "**");
  }

  /**
   * Returns the lines in which a pattern is found. Files with a NUL among their first 8000 bytes
   * are not text and left out; a line longer than 64 KiB counts as several with one number.
   *
   * @param glob the files to look into
   * @throws IOException if a file's bytes can't be read
   */
  public List<Match> grep(Pattern pattern, String glob) throws IOException {
    List<Match> matches = new ArrayList<>();
    for (Found found : find(glob)) {
      if (found.node() instanceof Node.File file) {
        TextLines.read(
            file.content(),
            (line, text) -> {
              if (pattern.matcher(text).find()) {
                matches.add(new Match(found.path(), line, text));
              }
            });
      }
    }
    return List.copyOf(matches);
  }
}
