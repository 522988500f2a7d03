// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.FileNames;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Xattrs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * All headers of one entry taken together: its block, and what came before that in PAX records and
 * GNU long names.
 */
final class EntryHeaders {
  private static final long MAX_ID = 0xFFFF_FFFFL;

  private final TarHeader header;
  private final PaxRecords pax;
  private final byte[] name;
  private final byte[] linkName;

  /** Takes the headers of an entry; a GNU long name wins over a PAX path, as in Go. */
  EntryHeaders(
      TarHeader header, PaxRecords pax, @Nullable byte[] longName, @Nullable byte[] longLink) {
    this.header = header;
    this.pax = pax;
    this.name = firstOf(longName, pax.getOrNull(PaxRecords.PATH), header.name());
    this.linkName = firstOf(longLink, pax.getOrNull(PaxRecords.LINK_PATH), header.linkName());
  }

  private static byte[] firstOf(@Nullable byte[] first, @Nullable byte[] second, byte[] third) {
    if (first != null && first.length > 0) {
      return first;
    }
    return second == null ? third : second;
  }

  byte[] name() {
    return name;
  }

  byte[] linkName() {
    return linkName;
  }

  TarType type() throws BadFieldException {
    byte flag = header.type();
    return switch (flag) {
      case 0 -> endsWithSlash(name) ? TarType.DIRECTORY : TarType.REGULAR;
      case '0', '7', 'S' -> TarType.REGULAR;
      case '1' -> TarType.HARD_LINK;
      case '2' -> TarType.SYMLINK;
      case '3' -> TarType.CHARACTER_DEVICE;
      case '4' -> TarType.BLOCK_DEVICE;
      case '5' -> TarType.DIRECTORY;
      case '6' -> TarType.FIFO;
      default ->
          throw new BadFieldException(
              "entry type", "0 to 7 or S", TarNumbers.quoted(new byte[] {flag}, 0, 1));
    };
  }

  private static boolean endsWithSlash(byte[] name) {
    return name.length > 0 && name[name.length - 1] == '/';
  }

  boolean isOldSparse() {
    return header.type() == 'S';
  }

  /** Returns the number of bytes that follow the headers of a regular file. */
  long storedSize() throws BadFieldException {
    return inRange("size", number(PaxRecords.SIZE, TarHeader.SIZE, 12), Long.MAX_VALUE >> 1);
  }

  Metadata metadata() throws BadFieldException {
    int mode = (int) (header.number(TarHeader.MODE, 8, "mode") & 07777);
    long uid = inRange("uid", number(PaxRecords.UID, TarHeader.UID, 8), MAX_ID);
    long gid = inRange("gid", number(PaxRecords.GID, TarHeader.GID, 8), MAX_ID);
    return new Metadata(mode, uid, gid, mtime(), xattrs());
  }

  private long number(String key, int at, int length) throws BadFieldException {
    byte[] value = pax.getOrNull(key);
    return value == null ? header.number(at, length, key) : TarNumbers.parseDecimal(value, key);
  }

  private static long inRange(String field, long value, long max) throws BadFieldException {
    if (value < 0 || value > max) {
      throw new BadFieldException(field, "0 to " + max, Long.toString(value));
    }
    return value;
  }

  private Instant mtime() throws BadFieldException {
    byte[] value = pax.getOrNull(PaxRecords.MTIME);
    return value == null
        ? TarNumbers.time(header.number(TarHeader.MTIME, 12, "mtime"), 0, "mtime")
        : TarNumbers.parseTime(value, "mtime");
  }

  private Xattrs xattrs() {
    Map<String, byte[]> values = new HashMap<>();
    for (Map.Entry<String, byte[]> record : pax.values().entrySet()) {
      String key = record.getKey();
      if (key.startsWith(PaxRecords.XATTR_PREFIX)
          && key.length() > PaxRecords.XATTR_PREFIX.length()) {
        String rawName = key.substring(PaxRecords.XATTR_PREFIX.length());
        byte[] bytes = rawName.getBytes(StandardCharsets.ISO_8859_1);
        values.put(FileNames.decode(bytes), record.getValue());
      }
    }
    return values.isEmpty() ? Xattrs.empty() : Xattrs.of(values);
  }

  long deviceMajor(TarType type) throws BadFieldException {
    return deviceNumber(type, TarHeader.DEVICE_MAJOR, "device major");
  }

  long deviceMinor(TarType type) throws BadFieldException {
    return deviceNumber(type, TarHeader.DEVICE_MINOR, "device minor");
  }

  private long deviceNumber(TarType type, int at, String field) throws BadFieldException {
    if (!header.hasDeviceNumbers()) {
      return 0;
    }
    long number = inRange(field, header.number(at, 8, field), TarEntry.MAX_DEVICE_NUMBER);
    return type.isDevice() ? number : 0;
  }
}
