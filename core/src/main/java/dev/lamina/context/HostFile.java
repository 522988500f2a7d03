// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import javax.annotation.Nullable;

/**
 * A regular file of a folder, and how it was when it was looked at. A file that changes while a
 * build reads it would give a layer that is not what its key says, so reading one fails, and so
 * does reading a part of one.
 *
 * <p>There is one for each file of a context that somebody looks at, and most are never read: what
 * reads is made when somebody does.
 */
final class HostFile implements HostContent {
  private final Path folder;
  private final HostDirectory directory;
  private final Path file;
  private final FileVersion version;

  /**
   * Takes a file.
   *
   * @param folder what was scanned
   * @param directory what the file is in
   * @param file its path
   * @param version what changes whenever the content does, if the file system tells
   */
  HostFile(Path folder, HostDirectory directory, Path file, FileVersion version) {
    this.folder = folder;
    this.directory = directory;
    this.file = file;
    this.version = version;
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public FileVersion version() {
    return version;
  }

  private Content bytes() {
    return Content.ofFile(file, 0, version.size(), new UnchangedFile(directory, version));
  }

  @Override
  public long size() {
    return version.size();
  }

  @Override
  public int read(long position, ByteBuffer dst) throws IOException {
    return bytes().read(position, dst);
  }

  @Override
  public Content slice(long offset, long length) {
    return bytes().slice(offset, length);
  }

  @Override
  public InputStream newInputStream() throws IOException {
    return bytes().newInputStream();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    bytes().writeTo(out);
  }

  @Override
  public void writeTo(WritableByteChannel out) throws IOException {
    bytes().writeTo(out);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof HostFile other
        && version.equals(other.version)
        && file.equals(other.file)
        && folder.equals(other.folder);
  }

  @Override
  public int hashCode() {
    return version.hashCode();
  }

  @Override
  public String toString() {
    return size() + " bytes of " + file;
  }
}
