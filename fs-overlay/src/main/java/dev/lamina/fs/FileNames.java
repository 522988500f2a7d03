// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Turns file names from bytes to strings and back without loss.
 *
 * <p>A name in an image is a sequence of bytes, usually UTF-8. As a string, each byte that is not
 * part of well-formed UTF-8 becomes the lone surrogate U+DC00 + byte (U+DC80 to U+DCFF, Python's
 * {@code surrogateescape}), so {@code encode(decode(bytes))} is always {@code bytes}.
 *
 * <p>All methods are thread-safe and depend on no locale or default charset.
 */
public final class FileNames {
  private static final Comparator<String> BYTE_ORDER = FileNames::compare;

  private FileNames() {}

  /** Returns the string for {@code length} bytes of {@code bytes} from {@code offset} on. */
  public static String decode(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (bytes[i] < 0) {
        return decodeFrom(bytes, offset, i, end);
      }
    }
    return new String(bytes, offset, length, ISO_8859_1);
  }

  /** Returns the string for {@code bytes}. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  private static String decodeFrom(byte[] bytes, int offset, int firstNonAscii, int end) {
    StringBuilder name = new StringBuilder(end - offset);
    name.append(new String(bytes, offset, firstNonAscii - offset, ISO_8859_1));
    int i = firstNonAscii;
    while (i < end) {
      int length = sequenceLength(bytes, i, end);
      if (length == 0) {
        name.append((char) (0xDC00 + (bytes[i++] & 0xFF)));
      } else {
        name.appendCodePoint(codePoint(bytes, i, length));
        i += length;
      }
    }
    return name.toString();
  }

  /** Length of the well-formed UTF-8 sequence at {@code i} (Unicode table 3-7), 0 if none. */
  private static int sequenceLength(byte[] b, int i, int end) {
    int first = b[i] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || i + length > end) {
      return 0;
    }
    int second = b[i + 1] & 0xFF;
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int k = 2; k < length; k++) {
      if ((b[i + k] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }

  private static int codePoint(byte[] b, int i, int length) {
    return switch (length) {
      case 1 -> b[i];
      case 2 -> ((b[i] & 0x1F) << 6) | (b[i + 1] & 0x3F);
      case 3 -> ((b[i] & 0x0F) << 12) | ((b[i + 1] & 0x3F) << 6) | (b[i + 2] & 0x3F);
      default ->
          ((b[i] & 0x07) << 18)
              | ((b[i + 1] & 0x3F) << 12)
              | ((b[i + 2] & 0x3F) << 6)
              | (b[i + 3] & 0x3F);
    };
  }

  /**
   * Returns the bytes of {@code name}: UTF-8, and one byte for each escape made by {@link #decode}.
   *
   * @throws InvalidPathException if {@code name} holds a lone surrogate that is no escape
   */
  public static byte[] encode(String name) {
    int length = name.length();
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (c >= 0x80) {
        return encodeFrom(name, bytes, i);
      }
      bytes[i] = (byte) c;
    }
    return bytes;
  }

  private static byte[] encodeFrom(String name, byte[] ascii, int firstNonAscii) {
    int length = name.length();
    byte[] bytes = Arrays.copyOf(ascii, firstNonAscii + 3 * (length - firstNonAscii));
    int n = firstNonAscii;
    for (int i = firstNonAscii; i < length; i++) {
      char c = name.charAt(i);
      if (c < 0x80) {
        bytes[n++] = (byte) c;
      } else if (c < 0x800) {
        bytes[n++] = (byte) (0xC0 | (c >> 6));
        bytes[n++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[n++] = (byte) (0xE0 | (c >> 12));
        bytes[n++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[n++] = (byte) (0x80 | (c & 0x3F));
      } else if (isPair(name, i)) {
        int point = Character.toCodePoint(c, name.charAt(++i));
        bytes[n++] = (byte) (0xF0 | (point >> 18));
        bytes[n++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[n++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[n++] = (byte) (0x80 | (point & 0x3F));
      } else if (c >= 0xDC80 && c <= 0xDCFF) {
        bytes[n++] = (byte) (c - 0xDC00);
      } else {
        throw new InvalidPathException(
            name, String.format("lone surrogate U+%04X is no escaped byte", (int) c), i);
      }
    }
    return Arrays.copyOf(bytes, n);
  }

  private static boolean isPair(String name, int i) {
    return Character.isHighSurrogate(name.charAt(i))
        && i + 1 < name.length()
        && Character.isLowSurrogate(name.charAt(i + 1));
  }

  /** Returns an order of names that is the unsigned order of their bytes. */
  public static Comparator<String> byteOrder() {
    return BYTE_ORDER;
  }

  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Below the surrogates, UTF-16 order is code point order is UTF-8 order.
        return x < 0xD800 && y < 0xD800
            ? Character.compare(x, y)
            : Arrays.compareUnsigned(encode(a), encode(b));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
