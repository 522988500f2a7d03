// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * Decodes DEFLATE streams (<a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>), and
 * takes what {@link java.util.zip.Inflater} takes. Once the JVM has compiled it, it needs 0.55 of
 * the time; until then it needs several times as much. For one thread.
 */
public final class InflateDecoder {
  private static final int WINDOW = Symbols.MAX_DISTANCE;

  /** Output is made up to here before it is given away. */
  private static final int OUT_LIMIT = WINDOW + (128 << 10);

  /** What is written behind the limit: a few literals and a match, copied in words. */
  private static final int OUT_MARGIN = Symbols.MAX_MATCH + 64;

  /** More than the longest header of a block. */
  private static final int HEADER = 1 << 10;

  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;
  private static final int NO_BLOCK = -1;

  private final InflateInput input;
  private final BitReader reader;
  private final BlockCodes codes = new BlockCodes();
  private final byte[] out = new byte[OUT_LIMIT + OUT_MARGIN];
  private int made; // where output ends in out
  private int given; // up to where it has been given away
  private int block;
  private boolean last;
  private int storedLeft;

  /** Takes where streams are, one after the other; the first begins at its position. */
  public InflateDecoder(InflateInput input) {
    this.input = input;
    this.reader = new BitReader(input);
    reset();
  }

  /** Begins with another stream. */
  public void reset() {
    made = 0;
    given = 0;
    reader.reset();
    block = NO_BLOCK;
    last = false;
  }

  /**
   * Decodes some bytes.
   *
   * @return how many; −1 at the stream's end, and the input then is behind it
   * @throws DataFormatException if it isn't DEFLATE
   * @throws EOFException if the input ends within the stream
   * @throws IOException if it can't be read
   */
  public int read(byte[] target, int offset, int length) throws IOException, DataFormatException {
    if (given == made && !decode()) {
      return -1;
    }
    int n = Math.min(length, made - given);
    System.arraycopy(out, given, target, offset, n);
    given += n;
    return n;
  }

  private boolean decode() throws IOException, DataFormatException {
    if (made >= OUT_LIMIT) {
      System.arraycopy(out, made - WINDOW, out, 0, WINDOW);
      made = WINDOW;
      given = WINDOW;
    }
    while (made < OUT_LIMIT && !(block == NO_BLOCK && last)) {
      if (block == NO_BLOCK) {
        readHeader();
      } else if (block == STORED) {
        copyStored();
      } else {
        decodeBlock();
      }
      reader.requireInput();
    }
    if (block == NO_BLOCK && last) {
      reader.unread();
    }
    return given < made;
  }

  private void readHeader() throws IOException, DataFormatException {
    reader.fill(HEADER);
    reader.refill();
    last = reader.take(1) == 1;
    block = reader.take(2);
    switch (block) {
      case STORED -> readStoredLength();
      case FIXED -> codes.useFixed();
      case DYNAMIC -> codes.read(reader);
      default -> throw reader.invalid("block type");
    }
  }

  private void readStoredLength() throws IOException, DataFormatException {
    reader.align();
    reader.refill();
    storedLeft = reader.take(16);
    if (reader.take(16) != (storedLeft ^ 0xffff)) {
      throw reader.invalid("stored block lengths");
    }
    reader.unread();
    reader.requireInput();
  }

  private void copyStored() throws IOException {
    reader.fill(1);
    int n = Math.min(storedLeft, Math.min(OUT_LIMIT - made, input.limit - input.position));
    if (n <= 0 && storedLeft > 0) {
      throw InflateInput.endedEarly();
    }
    System.arraycopy(input.bytes, input.position, out, made, n);
    input.position += n;
    made += n;
    storedLeft -= n;
    if (storedLeft == 0) {
      block = NO_BLOCK;
    }
  }

  /**
   * Decodes a block up to its end, the limit of the output, or where the input has to be filled.
   * Nearly all time is spent here: the fields are in variables, and bits are put back 56 at a time,
   * which is enough for three entries of literals and a look at the next one, or for two, a length
   * and a look at the distance. What an entry takes is taken, and the next one loaded, before it is
   * looked at: where the processor expected another kind, the next is there by then. Of {@code
   * count}, how many bits are there, the low six bits count; those above are left to overflow.
   */
  private void decodeBlock() throws IOException, DataFormatException {
    reader.fill(InflateInput.MARGIN);
    final byte[] in = input.bytes;
    final byte[] to = out;
    final long[] entries = codes.entries;
    final int[] literal = codes.literals.entries;
    final int[] distance = codes.distances.entries;
    final int mask = (1 << DecodingTable.LITERAL_BITS) - 1;
    // Twice a word is read in a round. Behind the input's end are zeros, which end it soon.
    final int inLimit = input.ended ? input.limit + 8 : input.limit - 15;
    long next = reader.bits;
    int count = reader.bitCount;
    int from = input.position;
    int at = made;
    String problem = "";
    if (from <= inLimit) {
      next |= Words.getLong(in, from) << count;
      from += 7 - (count >>> 3 & 7);
      count |= 56;
    }
    long coming = entries[(int) next & mask];
    while (at < OUT_LIMIT && from <= inLimit) {
      next |= Words.getLong(in, from) << count;
      from += 7 - (count >>> 3 & 7);
      count |= 56;
      int entry = (int) coming;
      long before = next;
      next >>>= entry;
      count -= entry;
      coming = entries[(int) next & mask];
      if (entry < 0) {
        Words.putShort(to, at, entry >>> 8);
        at += (entry >>> 30) - 1;
        entry = (int) coming;
        before = next;
        next >>>= entry;
        count -= entry;
        coming = entries[(int) next & mask];
        if (entry < 0) {
          Words.putShort(to, at, entry >>> 8);
          at += (entry >>> 30) - 1;
          entry = (int) coming;
          before = next;
          next >>>= entry;
          count -= entry;
          coming = entries[(int) next & mask];
          if (entry < 0) {
            Words.putShort(to, at, entry >>> 8);
            at += (entry >>> 30) - 1;
            continue;
          }
        }
      }
      if ((entry & DecodingTable.SPECIAL) != 0) {
        if ((entry & DecodingTable.SUBTABLE) != 0) {
          entry = literal[(entry >>> 16) + ((int) next & ((1 << (entry >>> 8 & 15)) - 1))];
          before = next;
          next >>>= entry;
          count -= entry;
          coming = entries[(int) next & mask];
          if (entry < 0) {
            to[at++] = (byte) (entry >>> 8);
            continue;
          }
        }
        if ((entry & DecodingTable.SPECIAL) != 0) {
          if ((entry & DecodingTable.END_OF_BLOCK) == 0) {
            problem = "literal or length";
          }
          block = NO_BLOCK;
          break;
        }
      }
      int length = (entry >>> 16) + (int) ((before & ((1L << entry) - 1)) >>> (entry >>> 8 & 15));
      next |= Words.getLong(in, from) << count;
      from += 7 - (count >>> 3 & 7);
      count |= 56;
      entry = (int) (coming >>> 32);
      if ((entry & DecodingTable.SPECIAL) != 0) {
        if ((entry & DecodingTable.SUBTABLE) != 0) {
          next >>>= entry;
          count -= entry;
          entry = distance[(entry >>> 16) + ((int) next & ((1 << (entry >>> 8 & 15)) - 1))];
        }
        if ((entry & DecodingTable.SPECIAL) != 0) {
          problem = "distance";
          break;
        }
      }
      int back = (entry >>> 16) + (int) ((next & ((1L << entry) - 1)) >>> (entry >>> 8 & 15));
      next >>>= entry;
      count -= entry;
      coming = entries[(int) next & mask];
      if (back > at) {
        problem = "distance: too far back";
        break;
      }
      copy(to, at, back, length);
      at += length;
    }
    reader.bits = next;
    reader.bitCount = count & 63;
    input.position = from;
    made = at;
    if (!problem.isEmpty()) {
      throw reader.invalid(problem);
    }
  }

  /** Repeats what is so far back; up to 15 bytes more than the length may be written. */
  private static void copy(byte[] bytes, int at, int back, int length) {
    int from = at - back;
    if (back >= 8) {
      Words.putLong(bytes, at, Words.getLong(bytes, from));
      Words.putLong(bytes, at + 8, Words.getLong(bytes, from + 8));
      if (length <= 16) {
        return;
      }
      if (back >= length) {
        System.arraycopy(bytes, from + 16, bytes, at + 16, length - 16);
      } else {
        for (int i = 16; i < length; i += 8) {
          Words.putLong(bytes, at + i, Words.getLong(bytes, from + i));
        }
      }
    } else if (back == 1) {
      Arrays.fill(bytes, at, at + length, bytes[from]);
    } else {
      for (int i = 0; i < length; i++) {
        bytes[at + i] = bytes[from + i];
      }
    }
  }
}
