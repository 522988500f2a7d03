// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts a stream of bytes into lines; {@link #flush} hands on a last line that has no end. */
final class LineSplitter extends OutputStream {
  private static final int MAX_LINE = 64 * 1024;

  private final Consumer<String> lines;
  private byte[] line = new byte[256];
  private int length;

  LineSplitter(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) {
    int from = offset;
    int end = offset + count;
    for (int i = offset; i < end; i++) {
      if (bytes[i] == '\n') {
        append(bytes, from, i - from);
        emit();
        from = i + 1;
      }
    }
    append(bytes, from, end - from);
  }

  @Override
  public synchronized void flush() {
    if (length > 0) {
      emit();
    }
  }

  private void append(byte[] bytes, int offset, int count) {
    int from = offset;
    int left = count;
    while (left > 0) {
      int part = Math.min(left, MAX_LINE - length);
      if (length + part > line.length) {
        line = Arrays.copyOf(line, Math.min(MAX_LINE, Math.max(2 * line.length, length + part)));
      }
      System.arraycopy(bytes, from, line, length, part);
      length += part;
      from += part;
      left -= part;
      if (length == MAX_LINE) {
        emit();
      }
    }
  }

  private void emit() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    lines.accept(new String(line, 0, end, StandardCharsets.UTF_8));
  }
}
