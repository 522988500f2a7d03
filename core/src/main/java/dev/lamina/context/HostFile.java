// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import dev.lamina.fs.ContentOpener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A regular file of a folder, and how it was when it was looked at. A file that changes while a
 * build reads it would give a layer that is not what its key says, so reading one fails, and so
 * does reading a part of one.
 *
 * @param folder what was scanned
 * @param bytes its content
 * @param version what changes whenever the content does, if the file system tells
 */
record HostFile(Path folder, Content bytes, FileVersion version) implements HostContent {

  static HostFile of(Path folder, HostEntry entry, FileVersion version) {
    ContentOpener opener = new UnchangedFile(entry.directory(), version);
    Content bytes = Content.ofFile(entry.file(), 0, version.size(), opener);
    return new HostFile(folder, bytes, version);
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    return bytes.read(position, dst);
  }

  @Override
  public Content slice(long offset, long length) {
    return bytes.slice(offset, length);
  }

  @Override
  public InputStream newInputStream() throws IOException {
    return bytes.newInputStream();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    bytes.writeTo(out);
  }

  @Override
  public void writeTo(WritableByteChannel out) throws IOException {
    bytes.writeTo(out);
  }
}
