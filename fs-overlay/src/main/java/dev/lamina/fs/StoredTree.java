// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/**
 * A tree as bytes that are read where somebody goes: opening one costs the same at any size, and a
 * look-up costs the directories on its way, of a large one a small part. What was read once stays.
 *
 * <pre>{@code
 * StoredTree.write(tree, note, numbersOf, out);
 * Optional<StoredTree> same = StoredTree.read(bytes, contentOf, repair);
 * }</pre>
 *
 * <p>File contents aren't in it: each is told by numbers that mean something to the caller, such as
 * a place in a blob. The same tree gives the same bytes. Each part has a checksum of its own.
 *
 * <p>Immutable and thread-safe.
 */
public final class StoredTree {
  private static final long MAGIC = 0x4c614d6954723032L; // LaMiTr02
  private static final int FOOTER = 7 * 8;

  private final FileTree tree;
  private final byte[] note;

  private StoredTree(FileTree tree, byte[] note) {
    this.tree = tree;
    this.note = note;
  }

  /** Returns the tree. */
  public FileTree tree() {
    return tree;
  }

  /** Returns a copy of what the caller noted of it. */
  public byte[] note() {
    return note.clone();
  }

  /** Where bytes come from if those there were are damaged. */
  @FunctionalInterface
  public interface Repair {
    /** Returns the same bytes, written anew. */
    Content write() throws IOException;
  }

  /** What stands at the end of the bytes. */
  record Footer(long note, long nodes, long root, int links, long linkTable) {
    ByteBuffer encode() {
      ByteBuffer bytes = ByteBuffer.allocate(FOOTER);
      bytes.putLong(MAGIC).putLong(note).putLong(nodes).putLong(root);
      bytes.putLong(links).putLong(linkTable);
      bytes.putLong(TreeBlock.checksum(bytes.array(), FOOTER - 8));
      return bytes.flip();
    }

    static Optional<Footer> read(Content content) throws IOException {
      if (content.size() < FOOTER) {
        return Optional.empty();
      }
      byte[] array = content.slice(content.size() - FOOTER, FOOTER).toByteArray();
      ByteBuffer bytes = ByteBuffer.wrap(array);
      if (bytes.getLong() != MAGIC
          || bytes.getLong(FOOTER - 8) != TreeBlock.checksum(array, FOOTER - 8)) {
        return Optional.empty();
      }
      long note = bytes.getLong();
      long nodes = bytes.getLong();
      long root = bytes.getLong();
      return Optional.of(new Footer(note, nodes, root, (int) bytes.getLong(), bytes.getLong()));
    }
  }

  /**
   * Writes a tree. {@code out} is neither flushed nor closed.
   *
   * @param note what the caller wants to know of it when it is read
   * @param numbers gives the numbers that stand for a content
   * @throws IOException if the bytes can't be written
   */
  public static void write(
      FileTree tree, byte[] note, Function<Content, long[]> numbers, OutputStream out)
      throws IOException {
    new TreeWriter(tree, numbers, out).write(note);
  }

  /**
   * Returns the tree in bytes that {@link #write} wrote; nothing if their end or the note is
   * damaged, or they are of another version. Damage elsewhere is found when somebody goes there.
   * Then {@code repair} is asked, once; if that fails, what was looked up fails with an {@link
   * java.io.UncheckedIOException}.
   *
   * @param bytes kept, and read for as long as the tree is used
   * @param contents gives a content for its numbers
   * @param repair writes the bytes anew if they turn out to be damaged
   * @throws IOException if the bytes can't be read
   */
  public static Optional<StoredTree> read(
      Content bytes, Function<long[], Content> contents, Repair repair) throws IOException {
    Optional<Footer> footer = Footer.read(bytes);
    if (footer.isEmpty()) {
      return Optional.empty();
    }
    Optional<ByteBuffer> note = TreeBlock.read(bytes, footer.get().note());
    if (note.isEmpty()) {
      return Optional.empty();
    }
    FileTree tree = new TreeReader(bytes, footer.get(), contents, repair).tree();
    return Optional.of(new StoredTree(tree, note.get().array()));
  }
}
