// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects the records of one PAX extended header and writes them in the order of their keys, as Go
 * does.
 */
final class PaxWriter {
  private final Map<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);

  void put(String key, byte[] value) {
    put(ascii(key), value);
  }

  void put(String key, long value) {
    put(key, ascii(Long.toString(value)));
  }

  void put(byte[] key, byte[] value) {
    records.put(key, value);
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  void putTime(String key, Instant time) {
    put(key, ascii(formatTime(time)));
  }

  /**
   * Seconds with as many decimals as are needed; the sign stands for both, so -1.5 is half a second
   * before -1.
   */
  static String formatTime(Instant time) {
    long seconds = time.getEpochSecond();
    int nanos = time.getNano();
    if (nanos == 0) {
      return Long.toString(seconds);
    }
    boolean negative = seconds < 0;
    if (negative) {
      seconds = -(seconds + 1);
      nanos = 1_000_000_000 - nanos;
    }
    String decimals = Integer.toString(1_000_000_000 + nanos).substring(1);
    int end = decimals.length();
    while (decimals.charAt(end - 1) == '0') {
      end--;
    }
    return (negative ? "-" : "") + seconds + "." + decimals.substring(0, end);
  }

  byte[] toByteArray() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<byte[], byte[]> record : records.entrySet()) {
      int rest = record.getKey().length + record.getValue().length + 3; // blank, equals sign, end
      int length = rest + digits(rest);
      if (digits(length) > digits(rest)) {
        length++;
      }
      out.writeBytes(ascii(length + " "));
      out.writeBytes(record.getKey());
      out.write('=');
      out.writeBytes(record.getValue());
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
