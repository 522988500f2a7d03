// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes a tar stream that every reader of the field reads alike: ustar headers, PAX records for
 * what they can't hold, two blocks of zeros at the end. The bytes depend on the entries only.
 *
 * <pre>{@code
 * TarWriter writer = TarWriter.over(out);
 * writer.write(TarEntry.directory("etc", metadata));
 * writer.write(TarEntry.file("etc/hosts", metadata, content.size()), content);
 * writer.finish();
 * }</pre>
 *
 * <p>A writer belongs to one thread. It passes on large chunks and closes nothing.
 */
public final class TarWriter {
  private static final int BUFFER_SIZE = 256 << 10;

  private final OutputStream out;
  private final HeaderEncoder encoder = new HeaderEncoder();
  private final byte[] buffer = new byte[BUFFER_SIZE];
  private int buffered;
  private long flushed;
  private long dataOffset;

  private TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Returns a writer to a stream. */
  public static TarWriter over(OutputStream out) {
    return new TarWriter(out);
  }

  /** Returns how many bytes have been written. */
  public long position() {
    return flushed + buffered;
  }

  /** Returns where the content of the last entry begins in the stream. */
  public long dataOffset() {
    return dataOffset;
  }

  /**
   * Writes an entry without content.
   *
   * @throws TarFormatException if a name or an attribute can't be stored in a tar stream
   */
  public void write(TarEntry entry) throws IOException {
    if (entry.size() != 0) {
      throw wrongSize(entry, 0);
    }
    writeHeaders(entry);
  }

  /**
   * Writes an entry with its content.
   *
   * @throws TarFormatException if a name or an attribute can't be stored in a tar stream, or if
   *     {@code content} isn't of the entry's size
   */
  public void write(TarEntry entry, Content content) throws IOException {
    if (content.size() != entry.size()) {
      throw wrongSize(entry, content.size());
    }
    try (InputStream in = content.newInputStream()) {
      write(entry, in);
    }
  }

  /**
   * Writes an entry with its content, which is read to its end but not closed.
   *
   * @throws TarFormatException if a name or an attribute can't be stored in a tar stream, or if
   *     {@code content} isn't of the entry's size
   */
  public void write(TarEntry entry, InputStream content) throws IOException {
    writeHeaders(entry);
    long done = 0;
    while (done < entry.size()) {
      int space = freeSpace(entry.size() - done);
      int n = content.read(buffer, buffered, space);
      if (n < 0) {
        throw wrongSize(entry, done);
      }
      buffered += n;
      done += n;
    }
    if (content.read() >= 0) {
      throw wrongSize(entry, done + 1);
    }
    pad(entry.size());
  }

  /** Writes the end of the archive and passes everything on. */
  public void finish() throws IOException {
    putZeros(2 * TarHeader.BLOCK);
    flush();
  }

  private void writeHeaders(TarEntry entry) throws IOException {
    byte[] name = checkedName(entry, entry.name());
    byte[] linkName = checkedName(entry, entry.linkName());
    requirePaxKeys(entry);
    byte[] pax = HeaderEncoder.paxRecords(entry, name, linkName);
    if (pax.length > TarOptions.DEFAULT.maxHeaderBytes()) {
      throw new TarFormatException(
          entry.name(),
          position(),
          "extended header: expected at most 1 MiB, found " + pax.length + " bytes");
    }
    if (pax.length > 0) {
      put(encoder.paxHeader(name, pax.length));
      put(pax);
      pad(pax.length);
    }
    put(encoder.header(entry, name, linkName, pax.length > 0));
    dataOffset = position();
  }

  private byte[] checkedName(TarEntry entry, String text) throws TarFormatException {
    byte[] bytes = FileNames.encode(text);
    if (bytes.length > TarOptions.DEFAULT.maxNameBytes()) {
      throw new TarFormatException(
          entry.name(), position(), "name: expected at most 4096 bytes, found " + bytes.length);
    }
    for (byte b : bytes) {
      if (b == 0) {
        throw new TarFormatException(entry.name(), position(), "name: expected no NUL, found one");
      }
    }
    return bytes;
  }

  private void requirePaxKeys(TarEntry entry) throws TarFormatException {
    for (String xattr : entry.metadata().xattrs().names()) {
      if (xattr.indexOf('=') >= 0 || xattr.isEmpty()) {
        throw new TarFormatException(
            entry.name(),
            position(),
            "extended attribute: expected a name without =, found "
                + TarFormatException.shown(xattr));
      }
    }
  }

  private TarFormatException wrongSize(TarEntry entry, long found) {
    return new TarFormatException(
        entry.name(), position(), "content: expected " + entry.size() + " bytes, found " + found);
  }

  private void pad(long size) throws IOException {
    putZeros((int) (-size & (TarHeader.BLOCK - 1)));
  }

  private void putZeros(int count) throws IOException {
    put(new byte[count]);
  }

  private void put(byte[] bytes) throws IOException {
    for (int done = 0; done < bytes.length; ) {
      int n = freeSpace(bytes.length - done);
      System.arraycopy(bytes, done, buffer, buffered, n);
      buffered += n;
      done += n;
    }
  }

  /**
   * Makes free space in the buffer and returns how much there is, at least one byte and at most
   * {@code wanted}.
   */
  private int freeSpace(long wanted) throws IOException {
    if (buffered == buffer.length) {
      flush();
    }
    return (int) Math.min(wanted, buffer.length - buffered);
  }

  private void flush() throws IOException {
    out.write(buffer, 0, buffered);
    flushed += buffered;
    buffered = 0;
  }
}
