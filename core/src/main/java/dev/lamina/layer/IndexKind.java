// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

/** What a record of an index is about; the order is part of the format. */
enum IndexKind {
  FILE,
  SPARSE_FILE,
  DIRECTORY,
  SYMLINK,
  CHARACTER_DEVICE,
  BLOCK_DEVICE,
  FIFO,
  LINK,
  REMOVE,
  CLEAR;

  private static final IndexKind[] VALUES = values();

  static IndexKind of(int ordinal) {
    return VALUES[ordinal];
  }
}
