// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.FileNames;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * Encodes the headers of an entry as Go's archive/tar does for Docker's layers: ustar where it can
 * hold the entry exactly, with the missing parts in a PAX header before it where it can't. User and
 * group names are left empty.
 */
final class HeaderEncoder {
  static final byte[] NOTHING = {};
  private static final byte[] MAGIC = {'u', 's', 't', 'a', 'r', 0, '0', '0'};

  private final byte[] block = new byte[TarHeader.BLOCK];

  /** Returns the PAX records that the entry needs, or nothing. */
  static byte[] paxRecords(TarEntry entry, byte[] name, byte[] linkName) {
    PaxWriter pax = new PaxWriter();
    if (!isAscii(name) || (name.length > TarHeader.NAME_LENGTH && splitAt(name) < 0)) {
      pax.put(PaxRecords.PATH, name);
    }
    if (!isAscii(linkName) || linkName.length > TarHeader.NAME_LENGTH) {
      pax.put(PaxRecords.LINK_PATH, linkName);
    }
    putUnlessFits(pax, PaxRecords.SIZE, entry.size(), 12);
    putUnlessFits(pax, PaxRecords.UID, entry.metadata().uid(), 8);
    putUnlessFits(pax, PaxRecords.GID, entry.metadata().gid(), 8);
    Instant mtime = entry.metadata().mtime();
    if (mtime.getNano() != 0 || !TarNumbers.fitsOctal(mtime.getEpochSecond(), 12)) {
      pax.putTime(PaxRecords.MTIME, mtime);
    }
    Set<String> xattrs = entry.metadata().xattrs().names();
    for (String xattr : xattrs) {
      byte[] key = FileNames.encode(PaxRecords.XATTR_PREFIX + xattr);
      entry.metadata().xattrs().get(xattr).ifPresent(value -> pax.put(key, value));
    }
    if (pax.isEmpty()) {
      return NOTHING;
    }
    if (name.length > TarHeader.NAME_LENGTH) {
      pax.put(PaxRecords.PATH, name); // Go splits a name over two fields only without PAX records
    }
    return pax.toByteArray();
  }

  private static void putUnlessFits(PaxWriter pax, String key, long value, int length) {
    if (!TarNumbers.fitsOctal(value, length)) {
      pax.put(key, value);
    }
  }

  /**
   * Returns the header of PAX records that belong to the entry called {@code name}; valid until the
   * next call.
   */
  byte[] paxHeader(byte[] name, int length) {
    Arrays.fill(block, (byte) 0);
    int slash = name.length;
    while (slash > 0 && name[slash - 1] != '/') {
      slash--;
    }
    byte[] middle = FileNames.encode("PaxHeaders.0" + (slash == name.length ? "" : "/"));
    byte[] joined = Arrays.copyOf(name, name.length + middle.length);
    System.arraycopy(middle, 0, joined, slash, middle.length);
    System.arraycopy(name, slash, joined, slash + middle.length, name.length - slash);
    putText(TarHeader.NAME, onlyAscii(joined), TarHeader.NAME_LENGTH);
    putNumbers(0, 0, 0, length, 0);
    return finish((byte) 'x');
  }

  /** Returns the entry's own header; valid until the next call. */
  byte[] header(TarEntry entry, byte[] name, byte[] linkName, boolean hasPax) {
    Arrays.fill(block, (byte) 0);
    int split = hasPax || name.length <= TarHeader.NAME_LENGTH ? -1 : splitAt(name);
    if (split < 0) {
      putText(TarHeader.NAME, onlyAscii(name), TarHeader.NAME_LENGTH);
    } else {
      putText(TarHeader.PREFIX, Arrays.copyOf(name, split), TarHeader.PREFIX_LENGTH);
      byte[] rest = Arrays.copyOfRange(name, split + 1, name.length);
      putText(TarHeader.NAME, rest, TarHeader.NAME_LENGTH);
    }
    putText(TarHeader.LINK, onlyAscii(linkName), TarHeader.NAME_LENGTH);
    putNumbers(
        entry.metadata().mode(),
        entry.metadata().uid(),
        entry.metadata().gid(),
        entry.size(),
        entry.metadata().mtime().getEpochSecond());
    putDevice(TarHeader.DEVICE_MAJOR, entry.deviceMajor());
    putDevice(TarHeader.DEVICE_MINOR, entry.deviceMinor());
    return finish(entry.type().flag());
  }

  private void putNumbers(int mode, long uid, long gid, long size, long mtime) {
    TarNumbers.putOctal(block, TarHeader.MODE, 8, mode);
    TarNumbers.putOctal(block, TarHeader.UID, 8, orZero(uid, 8));
    TarNumbers.putOctal(block, TarHeader.GID, 8, orZero(gid, 8));
    TarNumbers.putOctal(block, TarHeader.SIZE, 12, orZero(size, 12));
    TarNumbers.putOctal(block, TarHeader.MTIME, 12, orZero(mtime, 12));
  }

  private static long orZero(long value, int length) {
    return TarNumbers.fitsOctal(value, length) ? value : 0;
  }

  private void putDevice(int at, long number) {
    if (TarNumbers.fitsOctal(number, 8)) {
      TarNumbers.putOctal(block, at, 8, number);
    } else {
      TarNumbers.putBase256(block, at, 8, number);
    }
  }

  private void putText(int at, byte[] text, int length) {
    System.arraycopy(text, 0, block, at, Math.min(text.length, length));
  }

  private byte[] finish(byte type) {
    block[TarHeader.TYPE] = type;
    System.arraycopy(MAGIC, 0, block, TarHeader.MAGIC, MAGIC.length);
    Arrays.fill(block, TarHeader.CHECKSUM, TarHeader.TYPE, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    TarNumbers.putOctal(block, TarHeader.CHECKSUM, 7, sum);
    return block;
  }

  /**
   * Returns where a name can be cut into prefix and name, at a slash, so that both fit; -1 if
   * nowhere.
   */
  private static int splitAt(byte[] name) {
    int last = name.length - 1;
    if (name.length > TarHeader.PREFIX_LENGTH + 1) {
      last = TarHeader.PREFIX_LENGTH;
    } else if (name[last] == '/') {
      last--;
    }
    int slash = last;
    while (slash > 0 && name[slash] != '/') {
      slash--;
    }
    int rest = name.length - slash - 1;
    boolean fits =
        slash > 0 && rest > 0 && rest <= TarHeader.NAME_LENGTH && slash <= TarHeader.PREFIX_LENGTH;
    return fits ? slash : -1;
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] onlyAscii(byte[] text) {
    if (isAscii(text)) {
      return text;
    }
    byte[] ascii = new byte[text.length];
    int n = 0;
    for (byte b : text) {
      if (b >= 0) {
        ascii[n++] = b;
      }
    }
    return Arrays.copyOf(ascii, n);
  }
}
