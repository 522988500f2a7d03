// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.StoredTree;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.UpperTree;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * A layer as a tree that a store keeps, and that is read where somebody goes: laid over another
 * tree, a layer of any size costs what the two have in common.
 *
 * <p>Immutable and thread-safe.
 */
public final class LayerTree {
  private final @Nullable FileTree tree; // what the layer makes of nothing; null if it can't
  private final byte[] upper; // what else there is to an UpperTree; empty if its order matters

  private LayerTree(@Nullable FileTree tree, byte[] upper) {
    this.tree = tree;
    this.upper = upper;
  }

  /** Writes changes as a tree; contents are {@link TarPlace}s. */
  static void write(Changes changes, long tarSize, OutputStream out) throws IOException {
    Optional<UpperTree> upper = UpperTree.of(changes);
    FileTree tree = upper.isPresent() ? upper.get().tree() : overNothingOrNull(changes);
    ByteWriter note = new ByteWriter();
    note.number(tarSize);
    note.number(tree == null ? 0 : 1);
    note.bytes(upper.isPresent() ? encode(upper.get()) : new byte[0]);
    FileTree written = tree == null ? FileTree.empty() : tree;
    StoredTree.write(written, note.toByteArray(), place -> ((TarPlace) place).numbers(), out);
  }

  private static @Nullable FileTree overNothingOrNull(Changes changes) throws IOException {
    try {
      return FileTree.empty().apply(changes);
    } catch (FileSystemException e) {
      return null; // it needs something below
    }
  }

  private static byte[] encode(UpperTree upper) {
    ByteWriter out = new ByteWriter();
    out.number(upper.removals().size());
    for (Change removal : upper.removals()) {
      IndexKind kind = removal instanceof Change.Clear ? IndexKind.CLEAR : IndexKind.REMOVE;
      out.number(kind.code());
      out.bytes(removal.path().toBytes());
    }
    out.number(upper.implied().size());
    for (TreePath directory : upper.implied().stream().sorted().toList()) {
      out.bytes(directory.toBytes());
    }
    return out.toByteArray();
  }

  /**
   * Returns the layer that {@link LayerIndex#writeTree} wrote: opened at once, and read where
   * somebody goes.
   *
   * @param bytes the tree
   * @param tar the uncompressed layer, of which contents are slices
   * @param repair writes the tree again if its bytes turn out to be damaged
   * @return nothing if the bytes aren't those of a layer of this size, or of another version
   * @throws IOException if the bytes can't be read
   */
  public static Optional<LayerTree> read(Content bytes, Content tar, StoredTree.Repair repair)
      throws IOException {
    Optional<StoredTree> stored =
        StoredTree.read(bytes, numbers -> TarPlace.of(numbers).in(tar), repair);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    ByteReader note = new ByteReader(stored.get().note());
    if (note.number() != tar.size()) {
      return Optional.empty();
    }
    FileTree tree = note.number() == 0 ? null : stored.get().tree();
    return Optional.of(new LayerTree(tree, note.bytes()));
  }

  private static UpperTree decode(FileTree tree, byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    Changes.Builder removals = Changes.builder();
    for (int rest = in.smallNumber(); rest > 0; rest--) {
      IndexKind kind = IndexKind.of(in.smallNumber());
      TreePath path = TreePath.ofBytes(in.bytes());
      removals.add(kind == IndexKind.CLEAR ? new Change.Clear(path) : new Change.Remove(path));
    }
    Set<TreePath> implied = new HashSet<>();
    for (int rest = in.smallNumber(); rest > 0; rest--) {
      implied.add(TreePath.ofBytes(in.bytes()));
    }
    return new UpperTree(tree, removals.build(), implied);
  }

  /**
   * Returns a tree with the layer over it, as {@link FileTree#apply} makes it of the layer's
   * changes; nothing if that takes the changes themselves.
   */
  Optional<FileTree> over(FileTree lower) throws IOException {
    if (tree == null || lower == FileTree.empty()) {
      return Optional.ofNullable(tree);
    }
    return upper.length == 0 ? Optional.empty() : decode(tree, upper).over(lower);
  }
}
