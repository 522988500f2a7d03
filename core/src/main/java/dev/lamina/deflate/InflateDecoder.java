// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * Decodes DEFLATE streams (<a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>), and
 * takes what {@link java.util.zip.Inflater} takes. Once the JVM has compiled it, it needs three
 * fifths of the time; until then it needs several times as much. For one thread.
 */
public final class InflateDecoder {
  private static final int WINDOW = Symbols.MAX_DISTANCE;

  /** Output is made up to here before it is given away. */
  private static final int OUT_LIMIT = WINDOW + (128 << 10);

  /** What is written behind the limit: a few literals and a match, copied in words. */
  private static final int OUT_MARGIN = Symbols.MAX_MATCH + 64;

  /** More than the longest header of a block. */
  private static final int HEADER = 1 << 10;

  private static final int[] CODE_LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int STORED = 0;
  private static final int FIXED = 1;
  private static final int DYNAMIC = 2;
  private static final int NO_BLOCK = -1;

  private final InflateInput input;
  private final DecodingTable literals = DecodingTable.ofLiterals();
  private final DecodingTable distances = DecodingTable.ofDistances();
  private final DecodingTable codeLengths = DecodingTable.ofCodeLengths();
  private final byte[] lengths = new byte[320];
  private final byte[] out = new byte[OUT_LIMIT + OUT_MARGIN];
  private int made; // where output ends in out
  private int given; // up to where it has been given away
  private long bits; // the next ones, the first lowest
  private int bitCount;
  private int block;
  private boolean last;
  private int storedLeft;

  /** Takes where streams are, one after the other; the first begins at its position. */
  public InflateDecoder(InflateInput input) {
    this.input = input;
    reset();
  }

  /** Begins with another stream. */
  public void reset() {
    made = 0;
    given = 0;
    bits = 0;
    bitCount = 0;
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
      requireInput();
    }
    if (block == NO_BLOCK && last) {
      unread();
    }
    return given < made;
  }

  /** Gives whole bytes back to the input. */
  private void unread() {
    input.position -= bitCount >>> 3;
    bitCount &= 7;
    bits &= (1 << bitCount) - 1;
  }

  /** Reads more input if there is less than so much. */
  private void fill(int count) throws IOException {
    if (input.limit - input.position < count && !input.ended) {
      unread();
      boolean unused = input.fill(count);
    }
  }

  /** Sees to it that no bit has been taken from behind the input's end. */
  private void requireInput() throws EOFException {
    if (input.position - (bitCount >>> 3) > input.limit) {
      throw new EOFException("the end within a member");
    }
  }

  private void refill() throws EOFException {
    if (input.position > input.limit + 8) {
      throw new EOFException("the end within a member");
    }
    bits |= Words.getLong(input.bytes, input.position) << bitCount;
    input.position += (63 - bitCount) >>> 3;
    bitCount |= 56;
  }

  private int take(int count) {
    int taken = (int) bits & ((1 << count) - 1);
    bits >>>= count;
    bitCount -= count;
    return taken;
  }

  private void readHeader() throws IOException, DataFormatException {
    fill(HEADER);
    refill();
    last = take(1) == 1;
    block = take(2);
    switch (block) {
      case STORED -> readStoredLength();
      case FIXED -> useFixedCodes();
      case DYNAMIC -> readCodes();
      default -> throw invalid("block type");
    }
  }

  private void readStoredLength() throws IOException, DataFormatException {
    int unused = take(bitCount & 7);
    unread();
    refill();
    storedLeft = take(16);
    if (take(16) != (storedLeft ^ 0xffff)) {
      throw invalid("stored block lengths");
    }
    unread();
    requireInput();
  }

  private void copyStored() throws IOException {
    fill(1);
    int n = Math.min(storedLeft, Math.min(OUT_LIMIT - made, input.limit - input.position));
    if (n <= 0 && storedLeft > 0) {
      throw new EOFException("the end within a member");
    }
    System.arraycopy(input.bytes, input.position, out, made, n);
    input.position += n;
    made += n;
    storedLeft -= n;
    if (storedLeft == 0) {
      block = NO_BLOCK;
    }
  }

  private void useFixedCodes() {
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    Arrays.fill(lengths, 288, 320, (byte) 5);
    boolean unused = literals.build(lengths, 0, 288, false);
    unused = distances.build(lengths, 288, 32, false);
  }

  private void readCodes() throws IOException, DataFormatException {
    int literalCount = take(5) + 257;
    int distanceCount = take(5) + 1;
    int codeLengthCount = take(4) + 4;
    if (literalCount > Symbols.LITERALS_AND_LENGTHS || distanceCount > Symbols.DISTANCES) {
      throw invalid("number of length or distance symbols");
    }
    Arrays.fill(lengths, 0, CODE_LENGTH_ORDER.length, (byte) 0);
    for (int i = 0; i < codeLengthCount; i++) {
      refill();
      lengths[CODE_LENGTH_ORDER[i]] = (byte) take(3);
    }
    if (!codeLengths.build(lengths, 0, CODE_LENGTH_ORDER.length, false)) {
      throw invalid("code lengths set");
    }
    readLengths(literalCount + distanceCount);
    if (lengths[Symbols.END_OF_BLOCK] == 0) {
      throw invalid("code: missing end of block");
    }
    if (!literals.build(lengths, 0, literalCount, true)) {
      throw invalid("literal and length code");
    }
    if (!distances.build(lengths, literalCount, distanceCount, true)) {
      throw invalid("distance code");
    }
  }

  private void readLengths(int count) throws IOException, DataFormatException {
    for (int i = 0; i < count; ) {
      refill();
      int entry = codeLengths.entries[(int) bits & ((1 << DecodingTable.CODE_LENGTH_BITS) - 1)];
      if ((entry & DecodingTable.SPECIAL) != 0) {
        throw invalid("code length");
      }
      int unused = take(entry & 63);
      int symbol = entry >>> 16;
      if (symbol < 16) {
        lengths[i++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && i == 0) {
        throw invalid("bit length repeat");
      }
      byte length = symbol == 16 ? lengths[i - 1] : 0;
      int times = symbol == 16 ? 3 + take(2) : symbol == 17 ? 3 + take(3) : 11 + take(7);
      if (times > count - i) {
        throw invalid("bit length repeat");
      }
      Arrays.fill(lengths, i, i + times, length);
      i += times;
    }
  }

  /** Returns what is wrong: the input's end if that has been passed, as what is read then is 0. */
  private DataFormatException invalid(String what) throws EOFException {
    requireInput();
    return new DataFormatException("invalid " + what);
  }

  /**
   * Decodes a block up to its end, the limit of the output, or where the input has to be filled.
   * Nearly all time is spent here: the fields are in variables, and bits are put back 56 at a time,
   * which is enough for four literals, or for a length and a distance with their extra bits. Of
   * {@code count}, how many bits are there, the low six bits count; those above are left to
   * overflow.
   */
  private void decodeBlock() throws IOException, DataFormatException {
    fill(InflateInput.MARGIN);
    final byte[] in = input.bytes;
    final byte[] to = out;
    final int[] literal = literals.entries;
    final int[] distance = distances.entries;
    final int literalMask = (1 << DecodingTable.LITERAL_BITS) - 1;
    final int distanceMask = (1 << DecodingTable.DISTANCE_BITS) - 1;
    // Twice a word is read in a round. Behind the input's end are zeros, which end it soon.
    final int inLimit = input.ended ? input.limit + 8 : input.limit - 15;
    long next = bits;
    int count = bitCount;
    int from = input.position;
    int at = made;
    String problem = "";
    while (at < OUT_LIMIT && from <= inLimit) {
      next |= Words.getLong(in, from) << count;
      from += 7 - (count >>> 3 & 7);
      count |= 56;
      int entry = literal[(int) next & literalMask];
      if (entry < 0) {
        to[at++] = (byte) (entry >>> 8);
        next >>>= entry;
        count -= entry;
        entry = literal[(int) next & literalMask];
        if (entry < 0) {
          to[at++] = (byte) (entry >>> 8);
          next >>>= entry;
          count -= entry;
          entry = literal[(int) next & literalMask];
          if (entry < 0) {
            to[at++] = (byte) (entry >>> 8);
            next >>>= entry;
            count -= entry;
            entry = literal[(int) next & literalMask];
            if (entry < 0) {
              to[at++] = (byte) (entry >>> 8);
              next >>>= entry;
              count -= entry;
              continue;
            }
          }
        }
        next |= Words.getLong(in, from) << count;
        from += 7 - (count >>> 3 & 7);
        count |= 56;
      }
      if ((entry & DecodingTable.SPECIAL) != 0) {
        if ((entry & DecodingTable.SUBTABLE) != 0) {
          next >>>= entry;
          count -= entry;
          entry = literal[(entry >>> 16) + ((int) next & ((1 << (entry >>> 8 & 15)) - 1))];
          if (entry < 0) {
            to[at++] = (byte) (entry >>> 8);
            next >>>= entry;
            count -= entry;
            continue;
          }
        }
        if ((entry & DecodingTable.SPECIAL) != 0) {
          next >>>= entry;
          count -= entry;
          if ((entry & DecodingTable.END_OF_BLOCK) == 0) {
            problem = "literal or length";
          }
          block = NO_BLOCK;
          break;
        }
      }
      int length = (entry >>> 16) + (int) ((next & ((1L << entry) - 1)) >>> (entry >>> 8 & 15));
      next >>>= entry;
      count -= entry;
      entry = distance[(int) next & distanceMask];
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
      if (back > at) {
        problem = "distance: too far back";
        break;
      }
      copy(to, at, back, length);
      at += length;
    }
    bits = next;
    bitCount = count & 63;
    input.position = from;
    made = at;
    if (!problem.isEmpty()) {
      throw invalid(problem);
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
