// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.path.PathFilter;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.annotation.Nullable;

/** One copy from a tree: goes through the source and writes down what changes in the target. */
final class CopyWalk {
  private final FileTree source;
  private final CopyOptions options;
  private final PathFilter filter;
  private final Instant now;
  private final Changes.Builder changes;
  private final Map<Long, TreePath> linked = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();

  /** A directory above the current one that is made only if something in it is copied. */
  private record Waiting(Node.Directory node, TreePath target, @Nullable Node existing) {}

  /**
   * Starts a copy.
   *
   * @param now the time of a directory that isn't copied itself when something is put into it
   */
  CopyWalk(
      FileTree source,
      CopyOptions options,
      PathFilter filter,
      Instant now,
      Changes.Builder changes) {
    this.source = source;
    this.options = options;
    this.filter = filter;
    this.now = now;
    this.changes = changes;
  }

  /** Copies a node. An existing directory keeps its attributes; those below it don't. */
  void copy(TreePath path, Node node, TreePath target, FileTree files) throws IOException {
    Node existing = files.node(target).orElse(null);
    if (node instanceof Node.Directory directory) {
      Directory copied = new Directory(path, directory, "", target, existing, true);
      putRoot(copied);
      copyChildren(copied);
    } else {
      put(path, node, target, existing);
    }
  }

  /** A directory that is walked through; {@code copied} if it is not only on the way. */
  private record Directory(
      TreePath path,
      Node.Directory node,
      String relative,
      TreePath target,
      @Nullable Node existing,
      boolean copied) {

    @Nullable
    Node existingChildOrNull(String name) {
      return existing instanceof Node.Directory there ? there.child(name).orElse(null) : null;
    }
  }

  private void putRoot(Directory directory) throws StepException {
    Node existing = directory.existing;
    if (existing == null) {
      putDirectory(directory.node, directory.target, null);
    } else {
      requireDirectory(existing, directory.target);
      Metadata metadata = existing.metadata().withMtime(directory.node.mtime());
      changes.put(directory.target, Node.directory(metadata));
    }
  }

  private void copyChildren(Directory directory) throws IOException {
    try {
      directory.node.forEach((name, child) -> copyChildUnchecked(directory, name, child));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void copyChildUnchecked(Directory parent, String name, Node child) {
    try {
      copyChild(parent, name, child);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void copyChild(Directory parent, String name, Node child) throws IOException {
    String relative = parent.relative.isEmpty() ? name : parent.relative + "/" + name;
    TreePath path = parent.path.resolve(name);
    TreePath target = parent.target.resolve(name);
    Node existing = parent.existingChildOrNull(name);
    boolean included = filter.includes(relative);
    if (included) {
      makeWaiting();
      if (!parent.copied && !(existing instanceof Node.Directory)) {
        touch(parent.node, parent.target, parent.existing);
      }
    }
    if (!(child instanceof Node.Directory directory)) {
      if (included) {
        put(path, child, target, existing);
      }
      return;
    }
    if (included) {
      putDirectory(directory, target, existing);
      copyChildren(new Directory(path, directory, relative, target, existing, true));
    } else if (filter.mayIncludeBelow(relative)) {
      int depth = waiting.size();
      waiting.add(new Waiting(directory, target, existing));
      copyChildren(new Directory(path, directory, relative, target, existing, false));
      if (waiting.size() > depth) {
        waiting.remove(depth);
      }
    }
  }

  /** Makes the directories that wait. One that exists gets the mode of its source, no more. */
  private void makeWaiting() throws StepException {
    Waiting above = null;
    for (Waiting directory : waiting) {
      Node existing = directory.existing;
      if (existing == null) {
        if (above != null) {
          touch(above.node, above.target, above.existing);
        }
        putDirectory(directory.node, directory.target, null);
      } else {
        requireDirectory(existing, directory.target);
        Metadata metadata = existing.metadata().withMode(directory.node.mode());
        changes.put(directory.target, Node.directory(metadata));
      }
      above = directory;
    }
    waiting.clear();
  }

  /** Notes that a name came into a directory that is there already and isn't copied itself. */
  private void touch(Node.Directory node, TreePath target, @Nullable Node existing) {
    if (existing != null) {
      Metadata metadata = existing.metadata().withMode(node.mode()).withMtime(now);
      changes.put(target, Node.directory(metadata));
    }
  }

  private void putDirectory(Node.Directory node, TreePath target, @Nullable Node existing)
      throws StepException {
    Metadata metadata = metadata(node, true);
    if (existing != null) {
      requireDirectory(existing, target);
      metadata = metadata.withXattrs(merge(existing.xattrs(), node.xattrs()));
    }
    changes.put(target, Node.directory(metadata));
  }

  private static void requireDirectory(Node existing, TreePath target) throws StepException {
    if (!(existing instanceof Node.Directory)) {
      throw new StepException("cannot copy to non-directory: " + target);
    }
  }

  private void put(TreePath path, Node node, TreePath target, @Nullable Node existing)
      throws StepException {
    if (existing instanceof Node.Directory) {
      throw new StepException("cannot replace to directory " + target + " with file");
    }
    if (node instanceof Node.Socket) {
      return; // a layer has no sockets
    }
    OptionalLong link = source.linkId(path);
    TreePath first = link.isPresent() ? linked.putIfAbsent(link.getAsLong(), target) : null;
    if (first != null) {
      changes.link(target, first);
    } else {
      changes.put(target, node.withMetadata(metadata(node, false)));
    }
  }

  private Metadata metadata(Node node, boolean directory) {
    Metadata metadata = node.metadata();
    if (options.owner().isPresent()) {
      metadata = options.owner().get().apply(metadata);
    }
    if (options.mode().isPresent() && !(node instanceof Node.Symlink)) {
      metadata = metadata.withMode(options.mode().get().apply(metadata.mode(), directory));
    }
    return metadata;
  }

  private static Xattrs merge(Xattrs below, Xattrs above) {
    Xattrs merged = below;
    for (String name : above.names()) {
      merged = merged.with(name, above.get(name).orElseThrow());
    }
    return merged;
  }
}
