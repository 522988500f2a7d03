// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The records of one PAX extended header: {@code length SP key=value LF} each, where a value is
 * bytes. A record without a value takes back what an earlier one said.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">pax</a>
 */
final class PaxRecords {
  static final String PATH = "path";
  static final String LINK_PATH = "linkpath";
  static final String SIZE = "size";
  static final String UID = "uid";
  static final String GID = "gid";
  static final String MTIME = "mtime";
  static final String XATTR_PREFIX = "SCHILY.xattr.";
  static final String SPARSE_PREFIX = "GNU.sparse.";

  static final PaxRecords NONE = new PaxRecords();

  private final Map<String, byte[]> values = new LinkedHashMap<>();
  private final List<byte[]> sparsePairs = new ArrayList<>(); // version 0.0 repeats two keys

  private PaxRecords() {}

  static PaxRecords parse(byte[] data) throws BadFieldException {
    PaxRecords records = new PaxRecords();
    for (int at = 0; at < data.length; ) {
      at = records.parseOne(data, at);
    }
    return records;
  }

  private int parseOne(byte[] data, int start) throws BadFieldException {
    int at = start;
    int length = 0;
    while (at < data.length && data[at] >= '0' && data[at] <= '9' && length <= data.length) {
      length = length * 10 + (data[at++] - '0');
    }
    int end = start + length;
    boolean sound = at > start && at < data.length && data[at] == ' ' && end <= data.length;
    if (!sound || end <= at + 1 || data[end - 1] != '\n') {
      throw new BadFieldException(
          "PAX record", "length, key and value", excerpt(data, start, data.length));
    }
    int equals = at + 1;
    while (equals < end && data[equals] != '=') {
      equals++;
    }
    if (equals == end || equals == at + 1) {
      throw new BadFieldException("PAX record", "key=value", excerpt(data, at + 1, end));
    }
    // Keys are kept as bytes too: the name of an extended attribute is one.
    String key = new String(data, at + 1, equals - at - 1, StandardCharsets.ISO_8859_1);
    byte[] value = new byte[end - 1 - (equals + 1)];
    System.arraycopy(data, equals + 1, value, 0, value.length);
    if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
      sparsePairs.add(value);
    }
    values.put(key, value);
    return end;
  }

  private static String excerpt(byte[] data, int from, int to) {
    return TarNumbers.quoted(data, from, to - from);
  }

  /** Returns the value of a record, null if there is none or if it is empty. */
  @Nullable
  byte[] getOrNull(String key) {
    byte[] value = values.get(key);
    return value == null || value.length == 0 ? null : value;
  }

  /** Returns the records by key, each byte of a key a character. */
  Map<String, byte[]> values() {
    return values;
  }

  /**
   * Returns the values of {@code GNU.sparse.offset} and {@code GNU.sparse.numbytes} in the order
   * they came.
   */
  List<byte[]> sparsePairs() {
    return sparsePairs;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }
}
