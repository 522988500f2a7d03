// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * Reads a tar stream entry by entry: V7, ustar, star, GNU and PAX headers, sparse files of all
 * variants.
 *
 * <pre>{@code
 * TarReader reader = TarReader.over(stream, TarOptions.DEFAULT);
 * for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
 *   use(entry.get(), reader.content());
 * }
 * }</pre>
 *
 * <p>Where readers differ, this one follows Go's archive/tar, which is what container engines read
 * layers with: PAX records of an {@code x} header belong to the next file, whatever GNU headers
 * stand between; a GNU long name wins over a PAX path; records of a global header are read past. A
 * global record that would move entries ({@code size}, {@code path}, {@code linkpath}, sparse maps)
 * is refused. So are unknown entry types, wrong checksums, numbers that aren't exact, truncated
 * streams, and headers over the limits, before anything is allocated for them.
 *
 * <p>A reader belongs to one thread. It reads ahead of the entry it stands at, and closes nothing.
 */
public final class TarReader {
  private static final Set<String> MOVING =
      Set.of(PaxRecords.SIZE, PaxRecords.PATH, PaxRecords.LINK_PATH);

  private final TarSource source;
  private final TarOptions options;
  private final byte[] block = new byte[TarHeader.BLOCK];
  private final TarHeader header = new TarHeader(block);

  private String name = "";
  private long entryOffset;
  private long dataOffset;
  private long storedSize;
  private @Nullable SparseMap sparse;

  private TarReader(TarSource source, TarOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Returns a reader of a stream from where it stands. */
  public static TarReader over(InputStream in, TarOptions options) {
    return new TarReader(TarSource.over(in), options);
  }

  /** Returns a reader of a content, of which it reads the headers and skips the rest. */
  public static TarReader over(Content tar, TarOptions options) {
    return new TarReader(TarSource.over(tar), options);
  }

  /**
   * Goes to the next entry.
   *
   * @return its headers, or nothing at the stream's end
   * @throws TarFormatException if the stream isn't a sound tar stream, or over a limit
   * @throws IOException if the stream can't be read
   */
  public Optional<TarEntry> next() throws IOException {
    try {
      boolean more = skipData();
      name = "";
      sparse = null;
      entryOffset = source.position();
      return more ? Optional.ofNullable(readEntryOrNull()) : Optional.empty();
    } catch (BadFieldException e) {
      throw new TarFormatException(name, entryOffset, e.problem());
    } catch (EOFException e) {
      throw new TarFormatException(name, entryOffset, "expected more, found the stream's end");
    }
  }

  /** Returns where the current entry's first header begins. */
  public long entryOffset() {
    return entryOffset;
  }

  /** Returns where the current entry's stored bytes begin. */
  public long dataOffset() {
    return dataOffset;
  }

  /**
   * Returns how many bytes the current entry has in the stream, padding left out; for a sparse file
   * fewer than its size.
   */
  public long storedSize() {
    return storedSize;
  }

  /** Returns where the stored bytes belong, if the current entry is a sparse file. */
  public Optional<SparseMap> sparse() {
    return Optional.ofNullable(sparse);
  }

  /**
   * Returns the content of the current entry, holes of a sparse file filled with zeros. It can be
   * read once, until the next call of {@link #next()}; what is not read is skipped.
   */
  public InputStream content() {
    InputStream stored = new EntryInputStream(source, dataOffset + storedSize, this::truncated);
    return sparse == null ? stored : new SparseInputStream(stored, sparse);
  }

  private TarFormatException truncated() {
    return new TarFormatException(name, entryOffset, "expected more, found the stream's end");
  }

  /**
   * Skips what is left of the current entry. Returns false if the stream ends in the padding, as
   * umoci's layers before 0.4.8 do; where an end mark must be there, that is an error.
   */
  private boolean skipData() throws IOException {
    source.skip(Math.max(0, dataOffset + storedSize - source.position()));
    long next = dataOffset + roundedUp(storedSize);
    if (options.endMarkRequired()) {
      source.skip(next - source.position());
    }
    while (source.position() < next) {
      if (source.read(block, 0, (int) (next - source.position())) < 0) {
        return false;
      }
    }
    return true;
  }

  private static long roundedUp(long size) {
    return (size + TarHeader.BLOCK - 1) & -TarHeader.BLOCK;
  }

  @Nullable
  private TarEntry readEntryOrNull() throws IOException, BadFieldException {
    PaxRecords pax = PaxRecords.NONE;
    byte[] longName = null;
    byte[] longLink = null;
    while (readHeader()) {
      switch (header.type()) {
        case 'x' -> pax = PaxRecords.parse(readExtension());
        case 'g' -> requireHarmless(PaxRecords.parse(readExtension()));
        case 'L' -> longName = readLongName();
        case 'K' -> longLink = readLongName();
        default -> {
          return readEntry(new EntryHeaders(header, pax, longName, longLink), pax);
        }
      }
    }
    return null;
  }

  /** Reads a header; false at the end of the archive. */
  private boolean readHeader() throws IOException, BadFieldException {
    if (!source.readBlock(block)) {
      if (options.endMarkRequired() || source.position() != entryOffset) {
        throw new BadFieldException("end of archive", "a block of zeros", "the stream's end");
      }
      return false;
    }
    if (header.isZero()) {
      if (source.readBlock(block) && !header.isZero()) {
        throw new BadFieldException("end of archive", "two blocks of zeros", "one");
      }
      return false;
    }
    header.verifyChecksum();
    return true;
  }

  private byte[] readExtension() throws IOException, BadFieldException {
    long size = header.number(TarHeader.SIZE, 12, "size");
    if (size < 0 || size > options.maxHeaderBytes()) {
      throw new BadFieldException(
          "extended header", "at most " + options.maxHeaderBytes() + " bytes", size + "");
    }
    byte[] data = new byte[(int) size];
    source.readFully(data, 0, data.length);
    source.skip(roundedUp(size) - size);
    return data;
  }

  private byte[] readLongName() throws IOException, BadFieldException {
    byte[] data = readExtension();
    int end = 0;
    while (end < data.length && data[end] != 0) {
      end++;
    }
    return Arrays.copyOf(data, end);
  }

  private static void requireHarmless(PaxRecords global) throws BadFieldException {
    for (String key : global.values().keySet()) {
      if (MOVING.contains(key) || key.startsWith(PaxRecords.SPARSE_PREFIX)) {
        throw new BadFieldException("global header", "no record that moves entries", key);
      }
    }
  }

  private TarEntry readEntry(EntryHeaders headers, PaxRecords pax)
      throws IOException, BadFieldException {
    name = FileNames.decode(headers.name());
    TarType type = headers.type();
    if (type == TarType.REGULAR) {
      readSizes(headers, pax);
    } else {
      storedSize = 0;
    }
    dataOffset = source.position();
    if (storedSize > source.limit() - dataOffset) {
      throw new EOFException("expected " + storedSize + " bytes of " + name);
    }
    byte[] sparseName = pax.getOrNull("GNU.sparse.name");
    if (sparse != null && sparseName != null) {
      name = FileNames.decode(requireName("name", sparseName));
    }
    requireName("name", headers.name());
    boolean isLink = type == TarType.HARD_LINK || type == TarType.SYMLINK;
    return new TarEntry(
        name,
        type,
        isLink ? FileNames.decode(requireName("link name", headers.linkName())) : "",
        headers.metadata(),
        sparse == null ? storedSize : sparse.size(),
        headers.deviceMajor(type),
        headers.deviceMinor(type));
  }

  private void readSizes(EntryHeaders headers, PaxRecords pax)
      throws IOException, BadFieldException {
    long afterHeaders = source.position();
    long size = headers.storedSize();
    SparseReader maps = new SparseReader(source, options);
    if (headers.isOldSparse()) {
      sparse = maps.readOldGnu(header, size);
      storedSize = size;
    } else {
      sparse = maps.readPaxOrNull(pax, size);
      storedSize = size - (source.position() - afterHeaders);
    }
  }

  @CanIgnoreReturnValue
  private byte[] requireName(String field, byte[] bytes) throws BadFieldException {
    if (bytes.length > options.maxNameBytes()) {
      throw new BadFieldException(
          field, "at most " + options.maxNameBytes() + " bytes", bytes.length + "");
    }
    for (byte b : bytes) {
      if (b == 0) {
        throw new BadFieldException(field, "no NUL", TarNumbers.quoted(bytes, 0, bytes.length));
      }
    }
    return bytes;
  }
}
