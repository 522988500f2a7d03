// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Passes on what is written, and keeps its first MiB. */
final class CappedCopy extends OutputStream {
  private static final int LIMIT = 1 << 20;

  private final OutputStream out;
  private final ByteArrayOutputStream start = new ByteArrayOutputStream(); // guarded by this

  CappedCopy(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    start.write(bytes, offset, Math.min(count, LIMIT - start.size()));
    out.write(bytes, offset, count);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  synchronized String text() {
    return start.toString(StandardCharsets.UTF_8);
  }
}
