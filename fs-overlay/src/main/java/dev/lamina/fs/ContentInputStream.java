// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Reads a content from its start to its end. */
final class ContentInputStream extends InputStream {
  private final Content content;
  private long position;

  ContentInputStream(Content content) {
    this.content = content;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= content.size()) {
      return -1;
    }
    int n = content.read(position, ByteBuffer.wrap(bytes, offset, length));
    if (n < 0) {
      throw ContentSlice.shortContent(content, position);
    }
    position += n;
    return n;
  }

  @Override
  public long skip(long n) {
    long skipped = Math.max(0, Math.min(n, content.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, content.size() - position);
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long left = content.size() - position;
    content.slice(position, left).writeTo(out);
    position += left;
    return left;
  }
}
