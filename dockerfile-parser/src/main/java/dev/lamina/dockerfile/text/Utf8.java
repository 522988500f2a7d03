// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 that loses nothing: a byte that is no part of valid UTF-8 is the lone surrogate U+DC00 +
 * byte.
 */
public final class Utf8 {

  /** What the JDK makes of invalid bytes, and may be in the text as well. */
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** Whether {@code c}, a code point or a lone surrogate, stands for an invalid byte. */
  public static boolean isEscapedByte(int c) {
    return c >= 0xDC80 && c <= 0xDCFF;
  }

  /** Returns how many bytes {@code text[from, to)} takes. */
  public static int length(String text, int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80 || isEscapedByte(c)) {
        bytes++;
      } else {
        bytes += c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      }
    }
    return bytes;
  }

  /** Returns the text of {@code bytes}. */
  public static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : decodeInvalid(bytes);
  }

  private static String decodeInvalid(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isError()) {
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (0xDC00 + (in.get() & 0xFF)));
      }
      result = decoder.decode(in, out, true);
    }
    return out.flip().toString();
  }

  /** Returns the bytes that {@link #decode} made {@code text} from. */
  public static byte[] encode(String text) {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(text.length(), 3));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        out.put((byte) c);
      } else if (isEscapedByte(c)) {
        out.put((byte) (c - 0xDC00));
      } else {
        put(out, c);
      }
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static void put(ByteBuffer out, int c) {
    if (c < 0x800) {
      out.put((byte) (0xC0 | (c >> 6)));
    } else {
      if (c < 0x10000) {
        out.put((byte) (0xE0 | (c >> 12)));
      } else {
        out.put((byte) (0xF0 | (c >> 18))).put((byte) (0x80 | ((c >> 12) & 0x3F)));
      }
      out.put((byte) (0x80 | ((c >> 6) & 0x3F)));
    }
    out.put((byte) (0x80 | (c & 0x3F)));
  }
}
