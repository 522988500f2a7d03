// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.insight.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Asserts what one layer of an image holds. Every method returns this, or throws an {@link
 * AssertionError}. Immutable.
 */
public final class LayerAssert {
  private final ImageAssert image;
  private final Subject subject;
  private final Step step;

  LayerAssert(ImageAssert image, Subject subject, Step step) {
    this.image = image;
    this.subject = subject;
    this.step = step;
  }

  /** Returns the assertions on the whole image, to go on with. */
  public ImageAssert and() {
    return image;
  }

  /** Claims that every path the layer says anything about is one of these or below them. */
  @CanIgnoreReturnValue
  public LayerAssert touchesNothingOutside(String... folders) {
    List<TreePath> roots = Arrays.stream(folders).map(TreePath::of).toList();
    List<String> outside = new ArrayList<>();
    for (Change change : changes()) {
      boolean above = change instanceof Change.Put put && isDirectoryAbove(put, roots);
      if (!above && roots.stream().noneMatch(change.path()::startsWith)) {
        outside.add(change.toString());
      }
    }
    return outside.isEmpty()
        ? this
        : fail("expected nothing outside " + String.join(", ", folders) + ", found", outside);
  }

  /** The directories on the way to a folder have to be in a layer as well. */
  private static boolean isDirectoryAbove(Change.Put put, List<TreePath> roots) {
    return put.node() instanceof Node.Directory
        && roots.stream().anyMatch(root -> root.startsWith(put.path()));
  }

  /** Claims that the layer removes nothing of those below. */
  @CanIgnoreReturnValue
  public LayerAssert removesNothing() {
    List<String> removed = new ArrayList<>();
    for (Change change : changes()) {
      if (change instanceof Change.Remove || change instanceof Change.Clear) {
        removed.add(change.path().toString());
      }
    }
    return removed.isEmpty() ? this : fail("expected no path to be removed, found", removed);
  }

  /** Claims that the layer holds a path, whatever there is below. */
  @CanIgnoreReturnValue
  public LayerAssert holds(String path) {
    TreePath wanted = TreePath.of(path);
    List<String> held = new ArrayList<>();
    for (Change change : changes()) {
      boolean holds = change instanceof Change.Put || change instanceof Change.Link;
      if (holds && change.path().equals(wanted)) {
        return this;
      }
      held.add(change.toString());
    }
    return fail("expected it to hold " + path + ", found", held);
  }

  /** Claims that the layer says nothing about a path and what is below it. */
  @CanIgnoreReturnValue
  public LayerAssert doesNotTouch(String path) {
    TreePath folder = TreePath.of(path);
    List<String> touched = new ArrayList<>();
    for (Change change : changes()) {
      if (change.path().startsWith(folder)) {
        touched.add(change.toString());
      }
    }
    return touched.isEmpty() ? this : fail("expected nothing about " + path + ", found", touched);
  }

  /** Claims that the uncompressed layer is not larger than so many bytes. */
  @CanIgnoreReturnValue
  public LayerAssert isNotLargerThan(long bytes) {
    return step.size() <= bytes
        ? this
        : fail("expected at most " + bytes + " bytes, found " + step.size(), List.of());
  }

  private Changes changes() {
    return Subject.read(step::changes);
  }

  private LayerAssert fail(String message, List<String> found) {
    throw subject.failure("the layer of " + step + ": " + message, found);
  }
}
