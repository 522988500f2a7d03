// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import java.util.Arrays;

/** One block of 512 bytes, read as a header of the V7, ustar, star or GNU dialect. */
final class TarHeader {
  static final int BLOCK = 512;

  static final int NAME = 0;
  static final int NAME_LENGTH = 100;
  static final int MODE = 100;
  static final int UID = 108;
  static final int GID = 116;
  static final int SIZE = 124;
  static final int MTIME = 136;
  static final int CHECKSUM = 148;
  static final int TYPE = 156;
  static final int LINK = 157;
  static final int MAGIC = 257;
  static final int DEVICE_MAJOR = 329;
  static final int DEVICE_MINOR = 337;
  static final int PREFIX = 345;
  static final int PREFIX_LENGTH = 155;
  private static final int STAR_PREFIX_LENGTH = 131;
  private static final int STAR_TRAILER = 508;

  private final byte[] block;

  /** Reads a block, which the header keeps. */
  TarHeader(byte[] block) {
    this.block = block;
  }

  byte[] block() {
    return block;
  }

  byte type() {
    return block[TYPE];
  }

  boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks the sum of the header's bytes; old programs added them as signed, which Go and GNU tar
   * accept too.
   */
  void verifyChecksum() throws BadFieldException {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < BLOCK; i++) {
      byte b = i >= CHECKSUM && i < TYPE ? (byte) ' ' : block[i];
      unsigned += b & 0xff;
      signed += b;
    }
    long stored = TarNumbers.parseField(block, CHECKSUM, 8, "checksum");
    if (stored != unsigned && stored != signed) {
      throw new BadFieldException("checksum", Long.toString(unsigned), Long.toString(stored));
    }
  }

  /** Returns the name, with the prefix of the ustar and star dialects before it. */
  byte[] name() {
    byte[] name = text(NAME, NAME_LENGTH);
    int prefixLength = prefixLength();
    byte[] prefix = prefixLength == 0 ? new byte[0] : text(PREFIX, prefixLength);
    if (prefix.length == 0) {
      return name;
    }
    byte[] joined = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    joined[prefix.length] = '/';
    System.arraycopy(name, 0, joined, prefix.length + 1, name.length);
    return joined;
  }

  private int prefixLength() {
    if (isGnu()) {
      return hasGoPrefix() ? PREFIX_LENGTH : 0;
    }
    if (!hasAt(MAGIC, "ustar\0")) {
      return 0;
    }
    return hasAt(STAR_TRAILER, "tar\0") ? STAR_PREFIX_LENGTH : PREFIX_LENGTH;
  }

  /**
   * Tells whether a GNU header holds a ustar prefix where GNU tar keeps atime and ctime: Go before
   * 1.8 wrote such, and so did the Docker of that time.
   */
  private boolean hasGoPrefix() {
    if (block[PREFIX] == 0) {
      return false;
    }
    try {
      long unused =
          TarNumbers.parseField(block, PREFIX, 12, "atime")
              + TarNumbers.parseField(block, PREFIX + 12, 12, "ctime");
      return false;
    } catch (BadFieldException e) {
      for (byte b : text(PREFIX, PREFIX_LENGTH)) {
        if (b < 0) {
          return false;
        }
      }
      return true;
    }
  }

  byte[] linkName() {
    return text(LINK, NAME_LENGTH);
  }

  boolean isGnu() {
    return hasAt(MAGIC, "ustar  \0");
  }

  /** Returns whether the header has device numbers at all: the first dialect had not. */
  boolean hasDeviceNumbers() {
    return isGnu() || hasAt(MAGIC, "ustar\0");
  }

  long number(int at, int length, String field) throws BadFieldException {
    return TarNumbers.parseField(block, at, length, field);
  }

  /** Returns the bytes of a field up to its first NUL. */
  byte[] text(int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, at, end);
  }

  private boolean hasAt(int at, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (block[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
