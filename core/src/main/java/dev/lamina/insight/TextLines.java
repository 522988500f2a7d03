// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a file line by line in bounded memory, if it is text. */
final class TextLines {
  private static final int CHUNK = 1 << 16;
  private static final int PROBED = 8000; // as git does it

  private TextLines() {}

  /** Takes a line. */
  interface Sink {
    void line(long number, String text);
  }

  /** Gives each line to the sink, or none if there is a NUL near the begin. */
  static void read(Content content, Sink sink) throws IOException {
    byte[] bytes = new byte[(int) Math.min(CHUNK, content.size())];
    int filled = 0;
    long position = 0;
    long number = 1;
    while (position < content.size()) {
      int n = content.read(position, ByteBuffer.wrap(bytes, filled, bytes.length - filled));
      if (n < 0) {
        throw new IOException("content: expected " + content.size() + " bytes, found " + position);
      }
      if (hasNul(bytes, filled, n, position)) {
        return;
      }
      position += n;
      filled += n;
      int begin = 0;
      for (int i = filled - n; i < filled; i++) {
        if (bytes[i] == '\n') {
          sink.line(number++, text(bytes, begin, i));
          begin = i + 1;
        }
      }
      if (begin == 0 && filled == bytes.length) {
        sink.line(number, FileNames.decode(bytes, 0, filled));
        begin = filled;
      }
      System.arraycopy(bytes, begin, bytes, 0, filled - begin);
      filled -= begin;
    }
    if (filled > 0) {
      sink.line(number, text(bytes, 0, filled));
    }
  }

  private static boolean hasNul(byte[] bytes, int offset, int length, long position) {
    for (int i = 0; i < length && position + i < PROBED; i++) {
      if (bytes[offset + i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static String text(byte[] bytes, int begin, int end) {
    boolean crlf = end > begin && bytes[end - 1] == '\r';
    return FileNames.decode(bytes, begin, end - begin - (crlf ? 1 : 0));
  }
}
