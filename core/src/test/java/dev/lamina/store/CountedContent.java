// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.Zeros;
import dev.lamina.fs.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** A content that counts the bytes that are read of it. */
final class CountedContent implements Content {
  private final Content content;
  private final AtomicLong read = new AtomicLong();

  CountedContent(Content content) {
    this.content = content;
  }

  /** Returns a content of zeros. */
  static CountedContent zeros(long size) {
    return new CountedContent(new Zeros(size));
  }

  long bytesRead() {
    return read.get();
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    int n = content.read(position, dst);
    read.addAndGet(Math.max(0, n));
    return n;
  }
}
