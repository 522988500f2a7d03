// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** The JDK's gzip at a chosen level. */
final class JdkGzipOutputStream extends GZIPOutputStream {
  private static final int BUFFER_SIZE = 1 << 16;

  JdkGzipOutputStream(OutputStream out, int level) throws IOException {
    super(out, BUFFER_SIZE);
    def.setLevel(level);
  }
}
