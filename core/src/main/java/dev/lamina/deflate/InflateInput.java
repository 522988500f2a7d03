// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A stream of which a part is in an array, for decoders and for what stands between two. */
public final class InflateInput {
  /** How many bytes may be looked at behind the last one; behind the stream's end they are 0. */
  static final int MARGIN = 32;

  private static final int SIZE = 128 << 10;

  private final InputStream in;
  final byte[] bytes = new byte[SIZE + MARGIN];
  int position;
  int limit;
  boolean ended;

  /** Takes a stream, of which more than is asked for may be read; it isn't closed. */
  public InflateInput(InputStream in) {
    this.in = in;
  }

  /** Returns the next byte, −1 at the end. */
  public int read() throws IOException {
    return position < limit || fill(1) ? bytes[position++] & 0xff : -1;
  }

  /** Returns the array with the next bytes, from {@link #position()} to {@link #limit()}. */
  public byte[] array() {
    return bytes;
  }

  /** Returns where the next byte is in the array. */
  public int position() {
    return position;
  }

  /** Returns where the bytes in the array end. */
  public int limit() {
    return limit;
  }

  /** Goes to another place between {@link #position()} and {@link #limit()}. */
  public void position(int newPosition) {
    position = newPosition;
  }

  /**
   * Reads until so many bytes are there, or the stream ends.
   *
   * @param count at least 1, at most 1,024
   * @return false if there are none
   */
  public boolean fill(int count) throws IOException {
    if (!ended && limit - position < count) {
      System.arraycopy(bytes, position, bytes, 0, limit - position);
      limit -= position;
      position = 0;
      while (limit < count && !ended) {
        int n = in.read(bytes, limit, SIZE - limit);
        ended = n < 0;
        limit += Math.max(n, 0);
      }
      Arrays.fill(bytes, limit, limit + MARGIN, (byte) 0);
    }
    return position < limit;
  }

  /** Returns what is thrown where the stream ends before what it holds does. */
  public static EOFException endedEarly() {
    return new EOFException("the end within a member");
  }
}
