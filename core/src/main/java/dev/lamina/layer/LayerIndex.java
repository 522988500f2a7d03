// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
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
    return new IndexDecoder(records, place -> place.in(tar)).decode(entries);
  }

  /**
   * Writes the layer as a tree, for {@link LayerTree#read}. {@code out} is neither flushed nor
   * closed.
   *
   * @throws IOException if it can't be written
   */
  public void writeTree(OutputStream out) throws IOException {
    LayerTree.write(new IndexDecoder(records, place -> place).decode(entries), tarSize, out);
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
