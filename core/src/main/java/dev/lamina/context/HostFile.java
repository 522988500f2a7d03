// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A regular file of a folder, and how it was when it was looked at. A file that changes while a
 * build reads it would give a layer that is not what its key says, so reading one to the end fails.
 *
 * @param folder what was scanned
 * @param file the file
 * @param bytes its content
 * @param version what changes whenever the content does, if the file system tells
 */
record HostFile(Path folder, Path file, Content bytes, FileVersion version) implements HostContent {

  static HostFile of(Path folder, Path file, FileVersion version) {
    return new HostFile(folder, file, Content.ofFile(file, 0, version.size()), version);
  }

  private void requireUnchanged() throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    if (!FileVersion.of(ContextStat.of(file, unix)).equals(version)) {
      throw new IOException(file + ": expected a file that stays as it is, found it changed");
    }
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    int n = bytes.read(position, dst);
    if (n >= 0 && position + n >= size()) {
      requireUnchanged();
    }
    return n;
  }

  @Override
  public Content slice(long offset, long length) {
    return bytes.slice(offset, length);
  }

  @Override
  public InputStream newInputStream() throws IOException {
    return new CheckedStream(bytes.newInputStream());
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    bytes.writeTo(out);
    requireUnchanged();
  }

  @Override
  public void writeTo(WritableByteChannel out) throws IOException {
    bytes.writeTo(out);
    requireUnchanged();
  }

  /** Looks at the file again when all of it was read. */
  private final class CheckedStream extends FilterInputStream {
    CheckedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      return b < 0 ? end() : b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      return n < 0 ? end() : n;
    }

    private int end() throws IOException {
      requireUnchanged();
      return -1;
    }
  }
}
