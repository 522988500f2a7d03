// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.annotation.Nullable;

/**
 * Reads the map of a sparse file in each of the four ways that GNU tar has written it: in the
 * header and blocks behind it (old GNU), in repeated PAX records (0.0), in one PAX record (0.1), or
 * before the data (1.0).
 *
 * @see <a href="https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html">Sparse
 *     formats</a>
 */
final class SparseReader {
  private static final int OLD_MAP = 386;
  private static final int OLD_PAIRS = 4;
  private static final int OLD_EXTENDED = 482;
  private static final int OLD_REAL_SIZE = 483;
  private static final int EXTENSION_PAIRS = 21;
  private static final int EXTENSION_EXTENDED = 504;
  private static final int PAIR = 24;

  private final TarSource source;
  private final TarOptions options;
  private long[] pairs = new long[16];
  private int numbers;

  SparseReader(TarSource source, TarOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Reads the map of a type S entry; {@code stored} bytes of data follow its headers. */
  SparseMap readOldGnu(TarHeader header, long stored) throws IOException, BadFieldException {
    long size = checkedSize(header.number(OLD_REAL_SIZE, 12, "real size"));
    byte[] block = header.block();
    addPairs(block, OLD_MAP, OLD_PAIRS);
    boolean extended = block[OLD_EXTENDED] != 0;
    byte[] extension = new byte[TarHeader.BLOCK];
    while (extended) {
      source.readFully(extension, 0, extension.length);
      addPairs(extension, 0, EXTENSION_PAIRS);
      extended = extension[EXTENSION_EXTENDED] != 0;
    }
    return map(size, stored);
  }

  private void addPairs(byte[] block, int at, int count) throws BadFieldException {
    for (int i = at; i < at + count * PAIR && block[i] != 0; i += PAIR) {
      add(TarNumbers.parseField(block, i, 12, "sparse offset"));
      add(TarNumbers.parseField(block, i + 12, 12, "sparse length"));
    }
  }

  /**
   * Reads the map that PAX records tell of, null if they don't.
   *
   * @param stored bytes of data after the headers, in version 1.0 the map before them included
   */
  @Nullable
  SparseMap readPaxOrNull(PaxRecords pax, long stored) throws IOException, BadFieldException {
    byte[] list = pax.getOrNull("GNU.sparse.map");
    String version = text(pax, "GNU.sparse.major") + "." + text(pax, "GNU.sparse.minor");
    boolean before = version.equals("1.0");
    boolean known = before || version.equals("0.0") || version.equals("0.1") || version.equals(".");
    if (!known) {
      throw new BadFieldException("sparse version", "0.0, 0.1 or 1.0", version);
    }
    if (version.equals(".") && list == null && pax.sparsePairs().isEmpty()) {
      return null;
    }
    byte[] realSize = pax.getOrNull("GNU.sparse.size");
    if (realSize == null) {
      realSize = pax.getOrNull("GNU.sparse.realsize");
    }
    if (realSize == null) {
      throw new BadFieldException("sparse size", "a size", "none");
    }
    long size = checkedSize(TarNumbers.parseDecimal(realSize, "sparse size"));
    if (before) {
      return map(size, stored - readMapBeforeData(stored));
    }
    addAll(list == null ? pax.sparsePairs() : split(list));
    return map(size, stored);
  }

  /**
   * Reads lines of numbers, the first of them the count of pairs, and returns how many bytes they
   * and their padding take.
   */
  private long readMapBeforeData(long stored) throws IOException, BadFieldException {
    long before = source.position();
    byte[] block = new byte[TarHeader.BLOCK];
    StringBuilder line = new StringBuilder();
    long wanted = -1;
    while (numbers != wanted) {
      if (source.position() - before + block.length > stored) {
        throw new BadFieldException("sparse map", "a map within the data", "its end");
      }
      source.readFully(block, 0, block.length);
      for (int i = 0; i < block.length && numbers != wanted; i++) {
        if (block[i] != '\n') {
          line.append((char) (block[i] & 0xff));
        } else {
          long number = TarNumbers.parseDecimal(ascii(line), "sparse map");
          line.setLength(0);
          if (wanted < 0) {
            wanted = 2 * Math.min(number, Integer.MAX_VALUE);
          } else {
            add(number);
          }
        }
        if (line.length() > 20) {
          throw new BadFieldException("sparse map", "a number", '"' + line.toString() + '"');
        }
      }
    }
    return source.position() - before;
  }

  private static byte[] ascii(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<byte[]> split(byte[] list) {
    return Arrays.stream(new String(list, StandardCharsets.ISO_8859_1).split(",", -1))
        .map(SparseReader::ascii)
        .toList();
  }

  private static String text(PaxRecords pax, String key) {
    byte[] value = pax.getOrNull(key);
    return value == null ? "" : new String(value, StandardCharsets.ISO_8859_1);
  }

  private void addAll(List<byte[]> decimals) throws BadFieldException {
    for (byte[] decimal : decimals) {
      add(TarNumbers.parseDecimal(decimal, "sparse map"));
    }
  }

  private void add(long number) throws BadFieldException {
    if (numbers == pairs.length) {
      pairs = Arrays.copyOf(pairs, numbers * 2);
    }
    pairs[numbers++] = number;
    if (numbers * 8L > options.maxHeaderBytes()) {
      throw new BadFieldException(
          "sparse map", "at most " + options.maxHeaderBytes() / 16 + " segments", "more");
    }
  }

  private long checkedSize(long size) throws BadFieldException {
    if (size < 0 || size > options.maxSparseSize()) {
      throw new BadFieldException(
          "sparse size", "at most " + options.maxSparseSize() + " bytes", Long.toString(size));
    }
    return size;
  }

  private SparseMap map(long size, long stored) throws BadFieldException {
    SparseMap map;
    try {
      map = SparseMap.of(size, Arrays.copyOf(pairs, numbers));
    } catch (IllegalArgumentException e) {
      throw new BadFieldException(String.valueOf(e.getMessage()));
    }
    if (map.storedSize() != stored) {
      throw new BadFieldException(
          "sparse map", stored + " stored bytes", Long.toString(map.storedSize()));
    }
    return map;
  }
}
