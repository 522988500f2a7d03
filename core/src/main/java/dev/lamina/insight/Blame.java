// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static java.util.stream.Collectors.joining;

import dev.lamina.fs.Change;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who did what to a path: every step that touched it, in order.
 *
 * <pre>{@code
 * Blame blame = timeline.blame(TreePath.of("/etc/passwd"));
 * blame.content();      // the step that gave it the bytes it has
 * blame.attributes();   // the step that gave it the mode, owner and times it has
 * }</pre>
 *
 * @param path the path, with links on the way followed
 * @param touches what was done, the first first; empty if the path never was in the image
 */
public record Blame(TreePath path, List<Touch> touches) {
  /** Copies the list. */
  public Blame {
    touches = List.copyOf(touches);
  }

  /**
   * One step's doing.
   *
   * @param step which step
   * @param kind what it did
   * @param attributes which attributes it gave another value; all if it made the path, none if it
   *     deleted it
   */
  public record Touch(Step step, ChangeKind kind, Set<Attribute> attributes) {
    /** Copies the set. */
    public Touch {
      attributes = Set.copyOf(attributes);
    }

    /** Returns the doing and the step, {@code added by step 4: COPY app.jar /app/}. */
    @Override
    public String toString() {
      return kind.text() + " by " + step;
    }
  }

  /** Returns whether the image has the path. */
  public boolean exists() {
    return !touches.isEmpty() && last().kind() != ChangeKind.DELETED;
  }

  /**
   * Returns what gave the path the bytes (or the link's target, or the type) it has; empty if the
   * image doesn't have it.
   */
  public Optional<Touch> content() {
    return latest(Set.of(ChangeKind.ADDED, ChangeKind.CHANGED));
  }

  /**
   * Returns what last gave one of the path's attributes another value; empty if the image doesn't
   * have it.
   */
  public Optional<Touch> attributes() {
    return exists()
        ? touches.stream().filter(t -> !t.attributes().isEmpty()).reduce((a, b) -> b)
        : Optional.empty();
  }

  /** Returns what deleted the path; empty if the image has it or never had it. */
  public Optional<Touch> deletion() {
    return touches.isEmpty() || exists() ? Optional.empty() : Optional.of(last());
  }

  /** Returns the path and a line for each step. */
  @Override
  public String toString() {
    return touches.isEmpty()
        ? path + ": no step touched it"
        : touches.stream().map(t -> "\n  " + t).collect(joining("", path + ":", ""));
  }

  private Touch last() {
    return touches.get(touches.size() - 1);
  }

  private Optional<Touch> latest(Set<ChangeKind> kinds) {
    return exists()
        ? touches.stream().filter(t -> kinds.contains(t.kind())).reduce((a, b) -> b)
        : Optional.empty();
  }

  static Blame of(Timeline timeline, TreePath path) throws IOException {
    TreePath place = followParents(timeline.last().tree(), path);
    List<Touch> touches = new ArrayList<>();
    FileTree before = FileTree.empty();
    for (Step step : timeline.steps()) {
      if (!step.isEmptyLayer()) {
        FileTree after = step.tree();
        touch(step, place, before, after).ifPresent(touches::add);
        before = after;
      }
    }
    return new Blame(place, touches);
  }

  private static Optional<Touch> touch(Step step, TreePath path, FileTree before, FileTree after)
      throws IOException {
    Optional<Node> was = before.node(path);
    Optional<Node> is = after.node(path);
    if (is.isEmpty()) {
      return was.map(node -> new Touch(step, ChangeKind.DELETED, Set.of()));
    }
    Comparison comparison = Comparison.of(was, is.get());
    boolean touched =
        comparison.kind() != ChangeKind.AGAIN
            || !comparison.attributes().isEmpty()
            || stores(step, path, after);
    return touched
        ? Optional.of(new Touch(step, comparison.kind(), comparison.attributes()))
        : Optional.empty();
  }

  private static boolean stores(Step step, TreePath path, FileTree after) throws IOException {
    for (Change change : step.changes()) {
      if (change.path().name().equals(path.name())
          && (change instanceof Change.Put || change instanceof Change.Link)
          && followParents(after, change.path()).equals(path)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the path without links on its way, as far as there is something. */
  static TreePath followParents(FileTree tree, TreePath path) {
    if (path.isRoot()) {
      return path;
    }
    try {
      return tree.resolve(path.parent(), true).path().resolve(path.name());
    } catch (FileSystemException e) {
      return path; // nothing leads there any more: it is meant as it is written
    }
  }
}
