// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import dev.lamina.deflate.InflateDecoder;
import dev.lamina.deflate.InflateInput;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes what is between a gzip member's header and its trailer, of one member after another. For
 * one thread.
 */
interface MemberDecoder extends Closeable {
  /**
   * After so many bytes from the JDK's decoder our own is worth its compilation: that takes a
   * quarter of a second, which as many bytes more bring back.
   */
  long WARM_UP = 256 << 20;

  /** Returns how many bytes are decoded; −1 at the end, and the input is behind it then. */
  int read(byte[] target, int offset, int length) throws IOException, DataFormatException;

  /** Begins with the next member. */
  void reset();

  @Override
  void close();

  /** Returns the decoder that is the faster one in this JVM by now. */
  static MemberDecoder of(InflateInput input) {
    return OfJdk.DECODED.get() < WARM_UP ? new OfJdk(input) : own(input);
  }

  /** Returns our own decoder. */
  static MemberDecoder own(InflateInput input) {
    InflateDecoder decoder = new InflateDecoder(input);
    return new MemberDecoder() {
      @Override
      public int read(byte[] target, int offset, int length)
          throws IOException, DataFormatException {
        return decoder.read(target, offset, length);
      }

      @Override
      public void reset() {
        decoder.reset();
      }

      @Override
      public void close() {}
    };
  }

  /** The JDK's decoder. */
  final class OfJdk implements MemberDecoder {
    /** By all of them in this JVM; says only which decoder is faster, never what comes out. */
    private static final AtomicLong DECODED = new AtomicLong();

    private final InflateInput input;
    private final Inflater inflater = new Inflater(true);

    OfJdk(InflateInput input) {
      this.input = input;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException, DataFormatException {
      while (true) {
        int count = inflater.inflate(target, offset, length);
        if (count > 0) {
          DECODED.addAndGet(count);
          return count;
        }
        if (inflater.finished()) {
          input.position(input.limit() - inflater.getRemaining());
          return -1;
        }
        if (inflater.needsDictionary()) {
          throw new DataFormatException("expected no preset dictionary, found one");
        }
        if (!input.fill(1)) {
          throw InflateInput.endedEarly();
        }
        inflater.setInput(input.array(), input.position(), input.limit() - input.position());
        input.position(input.limit());
      }
    }

    @Override
    public void reset() {
      inflater.reset();
    }

    @Override
    public void close() {
      inflater.end();
    }
  }
}
