// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

/** What kind of thing an entry of a tar stream is. */
public enum TarType {
  /** A regular file, sparse or not. */
  REGULAR('0'),
  /** One more name of a file that has been in the stream, or that was there before. */
  HARD_LINK('1'),
  /** A symbolic link. */
  SYMLINK('2'),
  /** A character device. */
  CHARACTER_DEVICE('3'),
  /** A block device. */
  BLOCK_DEVICE('4'),
  /** A directory. */
  DIRECTORY('5'),
  /** A named pipe. */
  FIFO('6');

  private final byte flag;

  TarType(char flag) {
    this.flag = (byte) flag;
  }

  /** Returns the type flag that stands for this in a header. */
  byte flag() {
    return flag;
  }

  /** Returns whether this is a device, which alone has device numbers. */
  public boolean isDevice() {
    return this == CHARACTER_DEVICE || this == BLOCK_DEVICE;
  }
}
