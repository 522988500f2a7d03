// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

/** Bytes that were written in an epoch, and that its spill counts as kept in memory. */
final class CountedBytes extends BytesContent {
  /** The edit token of the epoch. */
  final Object owner;

  CountedBytes(byte[] bytes, Object owner) {
    super(bytes);
    this.owner = owner;
  }
}
