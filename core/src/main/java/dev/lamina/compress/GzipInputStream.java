// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.stream.BlockInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes all members of a gzip stream, as {@link java.util.zip.GZIPInputStream} does, but takes
 * nothing after the last one: the JDK's class ignores what follows, and stops early where {@code
 * available()} says 0.
 */
final class GzipInputStream extends BlockInputStream {
  private static final int BUFFER_SIZE = 1 << 17;

  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final byte[] input = new byte[BUFFER_SIZE];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int position;
  private int limit;
  private boolean finished;
  private boolean closed;

  GzipInputStream(InputStream in) throws IOException {
    this.in = in;
    try {
      readHeader();
    } catch (IOException e) {
      inflater.end();
      throw e;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("stream closed");
    }
    if (length == 0) {
      return 0;
    }
    while (!finished) {
      int count = inflate(buffer, offset, length);
      if (count > 0) {
        crc.update(buffer, offset, count);
        return count;
      }
      if (inflater.finished()) {
        nextMember();
      } else if (inflater.needsDictionary()) {
        throw corrupt("expected no preset dictionary, found one");
      } else if (inflater.needsInput()) {
        refill();
      }
    }
    return -1;
  }

  private int inflate(byte[] buffer, int offset, int length) throws IOException {
    try {
      return inflater.inflate(buffer, offset, length);
    } catch (DataFormatException e) {
      throw new CorruptDataException(Compression.GZIP, e);
    }
  }

  private void refill() throws IOException {
    if (!fill()) {
      throw new EOFException("the end within a member");
    }
    inflater.setInput(input, position, limit - position);
    position = limit;
  }

  private void nextMember() throws IOException {
    position = limit - inflater.getRemaining();
    requireEqual("CRC-32", crc.getValue(), readInt());
    requireEqual("length modulo 2^32", inflater.getBytesWritten() & 0xffffffffL, readInt());
    if (position == limit && !fill()) {
      finished = true;
      return;
    }
    inflater.reset();
    readHeader();
  }

  private void readHeader() throws IOException {
    crc.reset();
    int first = readByte();
    if (first != 0x1f || readByte() != 0x8b) {
      throw CorruptDataException.behindEnd(
          Compression.GZIP,
          String.format("expected a member or the end, found other bytes from %02x on", first));
    }
    int method = readByte();
    if (method != 8) {
      throw corrupt("expected compression method 8, found " + method);
    }
    int flags = readByte();
    if ((flags & RESERVED) != 0) {
      throw corrupt(String.format("expected no reserved flags, found %02x", flags));
    }
    skip(6); // time, extra flags, operating system
    if ((flags & EXTRA) != 0) {
      skip(readByte() | readByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipString();
    }
    if ((flags & COMMENT) != 0) {
      skipString();
    }
    if ((flags & HEADER_CRC) != 0) {
      long expected = crc.getValue() & 0xffff;
      requireEqual("header CRC-16", expected, readByte() | readByte() << 8);
    }
    crc.reset();
    inflater.setInput(input, position, limit - position);
    position = limit;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int unused = readByte();
    }
  }

  private void skipString() throws IOException {
    while (readByte() != 0) {
      // a string ends at its first zero
    }
  }

  private long readInt() throws IOException {
    long low = readByte() | readByte() << 8;
    return low | (long) readByte() << 16 | (long) readByte() << 24;
  }

  private int readByte() throws IOException {
    if (position == limit && !fill()) {
      throw new EOFException("the end within a member");
    }
    crc.update(input[position]);
    return input[position++] & 0xff;
  }

  private boolean fill() throws IOException {
    int count = in.read(input, 0, input.length);
    position = 0;
    limit = Math.max(count, 0);
    return count > 0;
  }

  private static void requireEqual(String what, long computed, long recorded) throws IOException {
    if (computed != recorded) {
      throw corrupt(String.format("expected %s %08x, found %08x", what, recorded, computed));
    }
  }

  private static CorruptDataException corrupt(String problem) {
    return new CorruptDataException(Compression.GZIP, problem);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      inflater.end();
      in.close();
    }
  }
}
