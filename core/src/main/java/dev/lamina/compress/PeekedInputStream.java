// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose first bytes are known and will be read again. */
final class PeekedInputStream extends FilterInputStream {
  private final byte[] head;
  private int position;

  private PeekedInputStream(InputStream in, byte[] head) {
    super(in);
    this.head = head;
  }

  /** Reads up to {@code length} bytes ahead; closes {@code in} if that fails. */
  static PeekedInputStream open(InputStream in, int length) throws IOException {
    try {
      return new PeekedInputStream(in, in.readNBytes(length));
    } catch (IOException e) {
      throw Closing.after(e, in);
    }
  }

  byte[] head() {
    return head.clone();
  }

  @Override
  public int read() throws IOException {
    return position < head.length ? head[position++] & 0xff : in.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int ahead = Math.min(length, head.length - position);
    if (ahead <= 0) {
      return in.read(buffer, offset, length);
    }
    System.arraycopy(head, position, buffer, offset, ahead);
    position += ahead;
    return ahead;
  }

  @Override
  public long skip(long count) throws IOException {
    long ahead = Math.min(count, head.length - position);
    if (ahead <= 0) {
      return in.skip(count);
    }
    position += (int) ahead;
    return ahead;
  }

  @Override
  public int available() throws IOException {
    return position < head.length ? head.length - position : in.available();
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
