// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import dev.lamina.fs.Metadata;

/**
 * What the headers of an entry say. Names are as they stand in the stream, slashes, dots and all:
 * what they mean is decided by whoever lays the entry somewhere. Strings follow {@link
 * dev.lamina.fs.FileNames}.
 *
 * @param name the entry's name, a directory's with or without a slash at the end
 * @param type what the entry is
 * @param linkName the target of a symbolic or hard link, empty for all others
 * @param metadata mode, owner, time and extended attributes
 * @param size number of content bytes, holes of a sparse file included; 0 for all but regular files
 * @param deviceMajor major number of a device, 0 for all others; at most 4294967295
 * @param deviceMinor minor number of a device, 0 for all others; at most 4294967295
 */
public record TarEntry(
    String name,
    TarType type,
    String linkName,
    Metadata metadata,
    long size,
    long deviceMajor,
    long deviceMinor) {

  static final long MAX_DEVICE_NUMBER = 0xFFFF_FFFFL;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a size or number is out of range or has no meaning for the
   *     type
   */
  public TarEntry {
    if (size < 0 || (size > 0 && type != TarType.REGULAR)) {
      throw new IllegalArgumentException("size: expected 0 or a regular file's, found " + size);
    }
    requireDeviceNumber(type, deviceMajor);
    requireDeviceNumber(type, deviceMinor);
  }

  private static void requireDeviceNumber(TarType type, long number) {
    if (number < 0 || number > (type.isDevice() ? MAX_DEVICE_NUMBER : 0)) {
      throw new IllegalArgumentException(
          "device number: expected one of a " + type + ", found " + number);
    }
  }

  /** Returns a regular file. */
  public static TarEntry file(String name, Metadata metadata, long size) {
    return new TarEntry(name, TarType.REGULAR, "", metadata, size, 0, 0);
  }

  /** Returns a directory; its name gets a slash at the end if it has none. */
  public static TarEntry directory(String name, Metadata metadata) {
    String slashed = name.endsWith("/") ? name : name + "/";
    return new TarEntry(slashed, TarType.DIRECTORY, "", metadata, 0, 0, 0);
  }

  /** Returns a symbolic or hard link. */
  public static TarEntry link(TarType type, String name, String target, Metadata metadata) {
    return new TarEntry(name, type, target, metadata, 0, 0, 0);
  }

  /** Returns this under another name. */
  public TarEntry withName(String newName) {
    return new TarEntry(newName, type, linkName, metadata, size, deviceMajor, deviceMinor);
  }
}
