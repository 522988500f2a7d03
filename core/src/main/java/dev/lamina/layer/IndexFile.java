// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The frame of an index on disk: magic with a version, checksum, sizes, records. */
final class IndexFile {
  private static final long MAGIC = 0x4c614d6949783031L; // LaMiIx01
  private static final int HEADER = 8 + 4 + 4 + 8;
  private static final int SUMMED_FROM = 12;

  private IndexFile() {}

  static byte[] encode(byte[] records, int entries, long tarSize) {
    ByteBuffer file = ByteBuffer.allocate(HEADER + records.length);
    file.putLong(MAGIC).putInt(0).putInt(entries).putLong(tarSize).put(records);
    file.putInt(8, checksum(file.array()));
    return file.array();
  }

  static Optional<LayerIndex> decode(byte[] bytes) {
    if (bytes.length < HEADER) {
      return Optional.empty();
    }
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (file.getLong(0) != MAGIC || file.getInt(8) != checksum(bytes)) {
      return Optional.empty();
    }
    byte[] records = Arrays.copyOfRange(bytes, HEADER, bytes.length);
    return Optional.of(new LayerIndex(records, file.getInt(12), file.getLong(16)));
  }

  private static int checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, SUMMED_FROM, bytes.length - SUMMED_FROM);
    return (int) sum.getValue();
  }
}
