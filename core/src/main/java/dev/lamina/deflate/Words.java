// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian words in byte arrays, at any offset. */
final class Words {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static int getInt(byte[] array, int at) {
    return (int) INT.get(array, at);
  }

  static long getLong(byte[] array, int at) {
    return (long) LONG.get(array, at);
  }

  /** Puts the low two bytes of a value. */
  static void putShort(byte[] array, int at, int value) {
    SHORT.set(array, at, (short) value);
  }

  static void putLong(byte[] array, int at, long value) {
    LONG.set(array, at, value);
  }

  /**
   * Returns how many bytes, 0 to 8, two words have in common from their low end, given their
   * exclusive or.
   */
  static int commonBytes(long difference) {
    return Long.numberOfTrailingZeros(difference) >>> 3;
  }

  /** Returns the same, 0 to 15, of two words each that aren't all equal; without a branch. */
  static int commonBytes(long differenceLow, long differenceHigh) {
    long lowEqual = (~differenceLow & (differenceLow - 1)) >> 63;
    return commonBytes(differenceLow | (differenceHigh & lowEqual)) + (int) (lowEqual & 8);
  }

  private Words() {}
}
