// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Change;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lays one layer over the places: removals first, on what is below; then the rest in order. */
final class LayerPass {
  private final Step step;
  private final FileTree before;
  private final FileTree after;
  private final Places places;
  private final List<StoredEntry> found;

  LayerPass(Step step, FileTree before, FileTree after, Places places, List<StoredEntry> found) {
    this.step = step;
    this.before = before;
    this.after = after;
    this.places = places;
    this.found = found;
  }

  void run() throws IOException {
    Sorted sorted = new Sorted();
    for (Change change : step.changes()) {
      boolean unused = change.accept(sorted);
    }
    for (TreePath path : sorted.removed) {
      TreePath place = Blame.followParents(before, path);
      before.node(place).ifPresent(node -> hide(place, node));
    }
    for (TreePath path : sorted.cleared) {
      TreePath place = Blame.followParents(before, path);
      before.node(place).ifPresent(node -> hideChildren(place, node));
    }
    for (Change change : sorted.rest) {
      if (change instanceof Change.Put put) {
        put(put);
      } else if (change instanceof Change.Link link) {
        link(link);
      }
    }
  }

  private static final class Sorted implements Change.Visitor<Boolean> {
    final List<TreePath> removed = new ArrayList<>();
    final List<TreePath> cleared = new ArrayList<>();
    final List<Change> rest = new ArrayList<>();

    @Override
    public Boolean put(Change.Put put) {
      return rest.add(put);
    }

    @Override
    public Boolean link(Change.Link link) {
      return rest.add(link);
    }

    @Override
    public Boolean remove(Change.Remove remove) {
      return removed.add(remove.path());
    }

    @Override
    public Boolean clear(Change.Clear clear) {
      return cleared.add(clear.path());
    }
  }

  /** Notes what is gone at and below a path. What the layer puts there again is left to that. */
  private void hide(TreePath place, Node was) {
    Optional<Node> is = after.node(place);
    if (is.isEmpty()) {
      long bytes = places.remove(place, step.number());
      found.add(
          new StoredEntry(
              step.number(), place, EntryType.of(was), ChangeKind.DELETED, bytes, null));
    } else if (is.get() instanceof Node.Directory) {
      hideChildren(place, was);
    }
  }

  private void hideChildren(TreePath place, Node was) {
    if (was instanceof Node.Directory directory) {
      directory.forEach((name, child) -> hide(place.resolve(name), child));
    }
  }

  private void put(Change.Put put) throws IOException {
    TreePath place = Blame.followParents(after, put.path());
    Node node = put.node();
    ChangeKind kind = Comparison.of(before.node(place), node).kind();
    StoredEntry entry =
        node instanceof Node.File file
            ? new StoredEntry(
                step.number(), place, EntryType.FILE, kind, file.size(), file.content())
            : new StoredEntry(step.number(), place, EntryType.of(node), kind, 0, null);
    found.add(entry);
    places.put(place, entry);
  }

  private void link(Change.Link link) throws IOException {
    TreePath place = Blame.followParents(after, link.path());
    TreePath target = Blame.followParents(after, link.target());
    Optional<Node> is = after.node(place);
    ChangeKind kind =
        is.isEmpty() ? ChangeKind.ADDED : Comparison.of(before.node(place), is.get()).kind();
    StoredEntry entry = new StoredEntry(step.number(), place, EntryType.HARD_LINK, kind, 0, null);
    found.add(entry);
    places.link(place, entry, target);
  }
}
