// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.StoredTree;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What the headers of a layer's tar say, and where in the tar the contents are: enough to have the
 * layer's changes without reading the tar again. As bytes it is small, is read in one go, and knows
 * whether it is whole.
 *
 * <p>Immutable and thread-safe.
 */
public final class LayerIndex {
  private final byte[] records;
  private final int entries;
  private final long tarSize;

  LayerIndex(byte[] records, int entries, long tarSize) {
    this.records = records;
    this.entries = entries;
    this.tarSize = tarSize;
  }

  /** Returns the number of changes. */
  public int entries() {
    return entries;
  }

  /** Returns the size of the tar it was made of, in bytes. */
  public long tarSize() {
    return tarSize;
  }

  /**
   * Returns the changes, whose contents are slices of {@code tar}.
   *
   * @param tar the uncompressed layer that this is the index of
   * @throws IllegalArgumentException if {@code tar} isn't of the size it was then
   */
  public Changes changes(Content tar) {
    if (tar.size() != tarSize) {
      throw new IllegalArgumentException(
          "layer: expected " + tarSize + " bytes, found " + tar.size());
    }
    return new IndexDecoder(records, StoredContents.in(tar)).decode(entries);
  }

  /**
   * Writes the tree that the layer makes of nothing, for {@link #readTree}. {@code out} is neither
   * flushed nor closed.
   *
   * @throws java.nio.file.FileSystemException if the layer can't be applied to an empty tree
   * @throws IOException if the tree can't be written
   */
  public void writeTree(OutputStream out) throws IOException {
    Changes changes = new IndexDecoder(records, new TreePlaces()).decode(entries);
    FileTree tree = FileTree.empty().apply(changes);
    StoredTree.write(tree, tarSize, TreePlaces::numbers, out);
  }

  /**
   * Returns the tree that {@link #writeTree} wrote: opened at once, and read where somebody goes.
   *
   * @param bytes the tree
   * @param tar the uncompressed layer, of which contents are slices
   * @param repair writes the tree again if its bytes turn out to be damaged
   * @return nothing if the bytes aren't that of a layer of this size, or of another version
   */
  public static Optional<FileTree> readTree(Content bytes, Content tar, StoredTree.Repair repair)
      throws IOException {
    StoredContents contents = StoredContents.in(tar);
    return StoredTree.read(
        bytes, tar.size(), numbers -> TreePlaces.content(numbers, contents), repair);
  }

  /** Returns the index as bytes. */
  public byte[] toBytes() {
    return IndexFile.encode(records, entries, tarSize);
  }

  /** Reads an index back from its bytes; nothing if they are damaged, or of another version. */
  public static Optional<LayerIndex> parse(byte[] bytes) {
    return IndexFile.decode(bytes);
  }
}
