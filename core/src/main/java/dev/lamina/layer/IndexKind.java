// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

/** What a record of an index is about, and the number that stands for it there. */
enum IndexKind {
  FILE(0),
  SPARSE_FILE(1),
  DIRECTORY(2),
  SYMLINK(3),
  CHARACTER_DEVICE(4),
  BLOCK_DEVICE(5),
  FIFO(6),
  LINK(7),
  REMOVE(8),
  CLEAR(9);

  private static final IndexKind[] BY_CODE = new IndexKind[10];

  static {
    for (IndexKind kind : values()) {
      BY_CODE[kind.code] = kind;
    }
  }

  private final int code;

  IndexKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static IndexKind of(int code) {
    return BY_CODE[code];
  }
}
