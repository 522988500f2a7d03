// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Bytes of a tar stream, buffered, with the position in it. */
abstract class TarSource {
  private final byte[] buffer;
  private int at;
  private int end;
  private long bufferedFrom; // position of buffer[0]

  TarSource(int bufferSize) {
    this.buffer = new byte[bufferSize];
  }

  /** A stream, which is read to wherever {@link #skip} leads. */
  static TarSource over(InputStream in) {
    return new StreamSource(in);
  }

  /** A content, in which {@link #skip} reads nothing. */
  static TarSource over(Content content) {
    return new ContentSource(content);
  }

  /** Reads some bytes from {@code position} on, -1 at the end. */
  abstract int fill(byte[] target, int offset, int length, long position) throws IOException;

  /** Goes from {@code position} forward, {@code n} bytes or to the end, and returns how far. */
  abstract long skipFrom(long position, long n, byte[] scratch) throws IOException;

  /** Returns where it ends, as far as that is known without reading. */
  abstract long limit();

  final long position() {
    return bufferedFrom + at;
  }

  /** Reads one block; false if the stream has ended just before it. */
  final boolean readBlock(byte[] block) throws IOException {
    int n = read(block, 0, block.length);
    if (n < 0) {
      return false;
    }
    readFully(block, n, block.length - n);
    return true;
  }

  final void readFully(byte[] target, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int n = read(target, offset + done, length - done);
      if (n < 0) {
        throw new EOFException("expected " + (length - done) + " bytes more");
      }
      done += n;
    }
  }

  final int read(byte[] target, int offset, int length) throws IOException {
    if (at == end && !refill()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(buffer, at, target, offset, n);
    at += n;
    return n;
  }

  private boolean refill() throws IOException {
    bufferedFrom += end;
    at = 0;
    end = 0;
    int n = fill(buffer, 0, buffer.length, bufferedFrom);
    end = Math.max(n, 0);
    return n > 0;
  }

  final void skip(long n) throws IOException {
    int inBuffer = (int) Math.min(n, end - at);
    at += inBuffer;
    long rest = n - inBuffer;
    if (rest == 0) {
      return;
    }
    bufferedFrom += end;
    at = 0;
    end = 0;
    long skipped = skipFrom(bufferedFrom, rest, buffer);
    bufferedFrom += skipped;
    if (skipped < rest) {
      throw new EOFException("expected " + (rest - skipped) + " bytes more");
    }
  }

  private static final class StreamSource extends TarSource {
    private final InputStream in;

    StreamSource(InputStream in) {
      super(128 << 10);
      this.in = in;
    }

    @Override
    long limit() {
      return Long.MAX_VALUE;
    }

    @Override
    int fill(byte[] target, int offset, int length, long position) throws IOException {
      return in.read(target, offset, length);
    }

    @Override
    long skipFrom(long position, long n, byte[] scratch) throws IOException {
      // Read, not skipped: what passes here may be digested and kept by the stream below.
      long done = 0;
      while (done < n) {
        int read = in.read(scratch, 0, (int) Math.min(scratch.length, n - done));
        if (read < 0) {
          break;
        }
        done += read;
      }
      return done;
    }
  }

  private static final class ContentSource extends TarSource {
    private final Content content;

    ContentSource(Content content) {
      super(16 << 10);
      this.content = content;
    }

    @Override
    long limit() {
      return content.size();
    }

    @Override
    int fill(byte[] target, int offset, int length, long position) throws IOException {
      return position >= content.size()
          ? -1
          : content.read(position, ByteBuffer.wrap(target, offset, length));
    }

    @Override
    long skipFrom(long position, long n, byte[] scratch) {
      return Math.min(n, content.size() - position);
    }
  }
}
