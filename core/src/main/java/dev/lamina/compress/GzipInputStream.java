// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.deflate.InflateInput;
import dev.lamina.stream.BlockInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * Decodes all members of a gzip stream, as {@link java.util.zip.GZIPInputStream} does, but takes
 * nothing after the last one: the JDK's class ignores what follows, and stops early where {@code
 * available()} says 0.
 */
final class GzipInputStream extends BlockInputStream {
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final InflateInput input;
  private final MemberDecoder decoder;
  private final CRC32 crc = new CRC32();
  private long size; // of the member so far
  private boolean finished;
  private boolean closed;

  GzipInputStream(InputStream in) throws IOException {
    this(in, MemberDecoder::of);
  }

  GzipInputStream(InputStream in, Function<InflateInput, MemberDecoder> decoders)
      throws IOException {
    this.in = in;
    this.input = new InflateInput(in);
    this.decoder = decoders.apply(input);
    try {
      readHeader();
    } catch (IOException e) {
      decoder.close();
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
      int count = decode(buffer, offset, length);
      if (count > 0) {
        crc.update(buffer, offset, count);
        size += count;
        return count;
      }
      nextMember();
    }
    return -1;
  }

  private int decode(byte[] buffer, int offset, int length) throws IOException {
    try {
      return decoder.read(buffer, offset, length);
    } catch (DataFormatException e) {
      throw new CorruptDataException(Compression.GZIP, e);
    }
  }

  private void nextMember() throws IOException {
    requireEqual("CRC-32", crc.getValue(), readInt());
    requireEqual("length modulo 2^32", size & 0xffffffffL, readInt());
    if (!input.fill(1)) {
      finished = true;
      return;
    }
    decoder.reset();
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
    size = 0;
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
    int value = input.read();
    if (value < 0) {
      throw InflateInput.endedEarly();
    }
    crc.update(value);
    return value;
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
      decoder.close();
      in.close();
    }
  }
}
