// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;

/**
 * A tree that was made of layers, together with the trees on the way: it knows which layer gave
 * what.
 *
 * <pre>{@code
 * LayerStack stack = LayerStack.over(base).with(layer1).with(layer2);
 * stack.blame(TreePath.of("/etc/passwd")).get().content();    // 2: layer2 gave it the bytes
 * }</pre>
 *
 * <p>The trees share what they have in common, so keeping all of them costs what the layers change.
 *
 * <p>Immutable and thread-safe.
 */
public final class LayerStack {
  private final List<FileTree> trees;

  private LayerStack(List<FileTree> trees) {
    this.trees = trees;
  }

  /** Returns a stack without layers. */
  public static LayerStack over(FileTree base) {
    return new LayerStack(List.of(base));
  }

  /**
   * Returns a stack with one more layer on top.
   *
   * @throws FileSystemException if the layer can't be applied, see {@link FileTree#apply}
   */
  public LayerStack with(Changes layer) throws IOException {
    return with(tree().apply(layer));
  }

  /** Returns a stack whose next layer makes {@code next} of {@link #tree()}. */
  public LayerStack with(FileTree next) {
    List<FileTree> more = new ArrayList<>(trees);
    more.add(next);
    return new LayerStack(List.copyOf(more));
  }

  /** Returns the number of layers. */
  public int size() {
    return trees.size() - 1;
  }

  /** Returns the tree after all layers. */
  public FileTree tree() {
    return tree(size());
  }

  /**
   * Returns the tree after some layers.
   *
   * @param layers 0 for the base, up to {@link #size()}
   */
  public FileTree tree(int layers) {
    return trees.get(layers);
  }

  /**
   * Returns which layers gave what is at {@code path} now; empty if there is nothing. Links on the
   * way are followed as they are now, one in the last place isn't. What a layer put there once more
   * as it was is not its gift.
   */
  public Optional<Blame> blame(TreePath path) {
    FileTree.Resolved found;
    try {
      found = tree().resolve(path, false);
    } catch (FileSystemException e) {
      return Optional.empty();
    }
    TreePath place = found.path();
    int content = 0;
    int attributes = 0;
    Inode now = Nodes.inode(found.node());
    for (int layer = size(); layer > 0; layer--) {
      Inode before = tree(layer - 1).inodeOrNull(place);
      if (content == 0 && (before == null || !sameContent(before, now))) {
        content = layer;
      }
      if (attributes == 0 && (before == null || !before.sameMetadata(now))) {
        attributes = layer;
      }
      if (content > 0 && attributes > 0) {
        break;
      }
    }
    return Optional.of(new Blame(place, content, attributes));
  }

  private static boolean sameContent(@Nullable Inode before, Inode now) {
    if (before instanceof FileInode a && now instanceof FileInode b) {
      return TreeDiff.sameContent(a.content(), b.content());
    }
    if (before instanceof DirectoryInode && now instanceof DirectoryInode) {
      return true;
    }
    return before != null
        && before.getClass() == now.getClass()
        && before.withAttributes(now.attributes).withMtime(now.mtime()).equals(now);
  }

  /**
   * Which layers gave what is at a path.
   *
   * @param path the path without links in it
   * @param content the layer that gave the bytes, the target or the device; for a directory the one
   *     that made it: 1 for the lowest, 0 if it was in the base
   * @param attributes the layer that gave mode, owner, time and extended attributes, or 0
   */
  public record Blame(TreePath path, int content, int attributes) {}
}
