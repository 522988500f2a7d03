// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

/**
 * Encodes chunks of a stream, each on its own: what it writes for a chunk depends on the chunk's
 * bytes and the level alone, refers to nothing before it, begins and ends at a whole byte, and may
 * be put after that of any other chunk. A whole DEFLATE stream is any number of encoded chunks and
 * {@link #end()}.
 *
 * <pre>{@code
 * DeflateEncoder encoder = DeflateEncoder.of(DeflateLevel.FAST);
 * byte[] out = new byte[DeflateEncoder.maxEncodedSize(length)];
 * int size = encoder.encode(buffer, DeflateEncoder.MARGIN, DeflateEncoder.MARGIN + length, out, 0);
 * }</pre>
 *
 * <p>The bytes are the same on every JDK and machine. They may change with {@link #VERSION}.
 *
 * <p>An encoder holds some 700 KB of tables and is reused for many chunks, by one thread at a time.
 */
public final class DeflateEncoder {
  /** Changes whenever the encoder's output for some input does. */
  public static final int VERSION = 6;

  /**
   * How many bytes of the input array must be there before and after a chunk. What is in them makes
   * no difference.
   */
  public static final int MARGIN = MatchFinder.MARGIN;

  /** An empty last block with the fixed code. */
  private static final byte[] END = {3, 0};

  private final Tokens tokens = new Tokens();
  private final BlockWriter blocks = new BlockWriter();
  private final MatchFinder finder;

  private DeflateEncoder(MatchFinder finder) {
    this.finder = finder;
  }

  /** Returns a new encoder. */
  public static DeflateEncoder of(DeflateLevel level) {
    return new DeflateEncoder(
        switch (level) {
          case FAST -> new FastMatchFinder();
          case DEFAULT -> new LazyMatchFinder();
        });
  }

  /**
   * Returns how large an output array must be for a chunk. Encoded chunks are smaller: at most the
   * chunk's size + 0.07 % + 16 bytes.
   *
   * @param length the chunk's size in bytes, at most 1 GiB
   */
  public static int maxEncodedSize(int length) {
    return length + length / 1024 + 128;
  }

  /** Returns what ends a stream. */
  public static byte[] end() {
    return END.clone();
  }

  /**
   * Encodes a chunk and returns where its bytes end in {@code out}.
   *
   * @param from where the chunk begins, at least {@link #MARGIN}
   * @param to where it ends, at least {@link #MARGIN} before the end of {@code in}
   * @param at where to write; there must be room for {@link #maxEncodedSize}
   * @throws IndexOutOfBoundsException if there isn't
   */
  public int encode(byte[] in, int from, int to, byte[] out, int at) {
    if (from < MARGIN || to < from || to > in.length - MARGIN) {
      throw new IndexOutOfBoundsException(
          String.format(
              "chunk: expected a margin of %d bytes in %d, found %d to %d",
              MARGIN, in.length, from, to));
    }
    if (at < 0 || out.length - at < maxEncodedSize(to - from)) {
      throw new IndexOutOfBoundsException(
          String.format(
              "output: expected room for %d bytes, found %d",
              maxEncodedSize(to - from), out.length - at));
    }
    BitWriter writer = new BitWriter(out, at);
    finder.start(from);
    tokens.clear();
    int blockFrom = from;
    for (int position = from; position < to; ) {
      int reached = finder.find(in, position, to, tokens);
      if (!tokens.pieceFits()) {
        blocks.write(tokens, in, blockFrom, position, writer);
        tokens.dropBlock();
        blockFrom = position;
      }
      tokens.addPiece();
      position = reached;
    }
    if (to > from) {
      blocks.write(tokens, in, blockFrom, to, writer);
    }
    BlockWriter.writeSync(writer);
    return writer.position;
  }
}
