// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

final class CompressionTest {
  private static final byte[] TEXT = text(100_000);

  @ParameterizedTest
  @CsvSource({
    "NONE,  ''",
    "NONE,  1f8b",
    "NONE,  1f8b07",
    "GZIP,  1f8b0800000000000000",
    "ZSTD,  28b52ffd",
    "ZSTD,  502a4d18",
    "ZSTD,  5f2a4d18",
    "NONE,  602a4d18",
    "BZIP2, 425a6839314159265359",
    "BZIP2, 425a6831177245385090",
    "NONE,  425a6830314159265359",
    "NONE,  425a68652d66696c652e", // a tar's first name: BZhe-file.
    "XZ,    fd377a585a00",
    "NONE,  fd377a585a01",
    "NONE,  62696e2f000000000000"
  })
  void formatIsFoundByFirstBytes(Compression expected, String head) {
    assertThat(Compression.detect(HexFormat.of().parseHex(head))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void whatWasCompressedIsDetectedAndComesBack(Compression compression) throws IOException {
    for (byte[] data : new byte[][] {{}, {7}, TEXT}) {
      InputStream in = new ByteArrayInputStream(compressed(compression, data));
      try (InputStream out = Compression.decompressDetected(in, DecompressionLimits.DEFAULT)) {
        assertThat(out.readAllBytes()).isEqualTo(data);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void allMembersAreRead(Compression compression) throws IOException {
    byte[] twice =
        concat(compressed(compression, TEXT), compressed(compression, new byte[] {1, 2, 3}));
    InputStream in = new OneByteAtATime(twice);
    try (InputStream out = compression.decompress(in)) {
      assertThat(out.readAllBytes()).isEqualTo(concat(TEXT, new byte[] {1, 2, 3}));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyTruncationIsAnError(Compression compression) throws IOException {
    byte[] whole = compressed(compression, text(300));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> readAll(compression, cut))
          .as("cut to %d of %d bytes", length, whole.length)
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @Test
  void garbageBehindAGzipIsToldFromDamage() throws IOException {
    byte[] whole = compressed(Compression.GZIP, TEXT);
    assertThatThrownBy(() -> readAll(Compression.GZIP, concat(whole, new byte[] {'\n'})))
        .isInstanceOfSatisfying(
            CorruptDataException.class, e -> assertThat(e.isBehindEnd()).isTrue());
    assertThatThrownBy(() -> readAll(Compression.GZIP, Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOfSatisfying(
            CorruptDataException.class, e -> assertThat(e.isBehindEnd()).isFalse());
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void trailingGarbageIsAnError(Compression compression) throws IOException {
    byte[] whole = compressed(compression, TEXT);
    for (byte[] garbage : new byte[][] {{0}, {'x'}, new byte[510], "garbage".getBytes(US_ASCII)}) {
      assertThatThrownBy(() -> readAll(compression, concat(whole, garbage)))
          .as("%d bytes of garbage", garbage.length)
          .isInstanceOf(CorruptDataException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void flippedBitNeverGivesOtherBytes(Compression compression) throws IOException {
    byte[] data = text(2_000);
    byte[] whole = compressed(compression, data);
    Random random = new Random(11);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      int position = random.nextInt(damaged.length);
      damaged[position] ^= (byte) (1 << random.nextInt(8));
      byte[] read;
      try {
        read = readAll(compression, damaged);
      } catch (CompressionException e) {
        continue;
      }
      assertThat(read).as("bit flipped in byte %d", position).isEqualTo(data);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void bombStopsAtTheLimit(Compression compression) throws IOException {
    byte[] bomb = compressed(compression, new byte[10 << 20]);
    DecompressionLimits bytes = DecompressionLimits.DEFAULT.withMaxBytes(1 << 20);
    DecompressionLimits ratio = DecompressionLimits.DEFAULT.withMaxRatio(20, 1 << 20);
    for (DecompressionLimits limits : new DecompressionLimits[] {bytes, ratio}) {
      try (InputStream in = compression.decompress(new ByteArrayInputStream(bomb), limits)) {
        assertThatThrownBy(() -> in.transferTo(OutputStream.nullOutputStream()))
            .isInstanceOf(DecompressionLimitException.class)
            .hasMessageContaining("raise DecompressionLimits");
      }
    }
  }

  @Test
  void zstdWindowAboveTheMemoryLimitIsRefused() throws IOException {
    // a frame of unknown content size that asks for a window of 2^28 bytes
    byte[] frame = HexFormat.of().parseHex("28b52ffd00" + "90" + "010000");
    assertThatThrownBy(() -> readAll(Compression.ZSTD, frame))
        .isInstanceOf(DecompressionLimitException.class)
        .hasMessageContainingAll("zstd stream", "134217728 bytes of memory");
    DecompressionLimits larger = DecompressionLimits.DEFAULT.withMaxMemory(1 << 28);
    try (InputStream in = Compression.ZSTD.decompress(new ByteArrayInputStream(frame), larger)) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void xzThatNeedsMoreThanTheMemoryLimitIsRefused() throws IOException {
    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(xz, new LZMA2Options(6))) {
      out.write(TEXT);
    }
    DecompressionLimits tight = DecompressionLimits.DEFAULT.withMaxMemory(1 << 20);
    try (InputStream in =
        Compression.XZ.decompress(new ByteArrayInputStream(xz.toByteArray()), tight)) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(DecompressionLimitException.class)
          .hasMessageContainingAll("xz stream", "1048576 bytes of memory");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void exceptionOfTheSourceComesOutAsItIs(Compression compression) throws IOException {
    IOException reset = new IOException("connection reset");
    byte[] data = compressed(compression, text(300_000));
    InputStream in = new FailingAtEnd(Arrays.copyOf(data, data.length / 2), reset);
    assertThatThrownBy(
            () -> {
              try (InputStream out = compression.decompress(in)) {
                out.readAllBytes();
              }
            })
        .isSameAs(reset);
  }

  @Test
  void gzipHeaderWithEveryFieldIsRead() throws IOException {
    byte[] plain = compressed(Compression.GZIP, TEXT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] header = HexFormat.of().parseHex("1f8b081e" + "01020304" + "0003");
    byte[] fields = concat(new byte[] {3, 0, 'a', 'b', 'c'}, "name\0comment\0".getBytes(US_ASCII));
    byte[] both = concat(header, fields);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(both);
    out.write(both);
    out.write((int) crc.getValue());
    out.write((int) crc.getValue() >> 8);
    out.write(plain, 10, plain.length - 10);
    assertThat(readAll(Compression.GZIP, out.toByteArray())).isEqualTo(TEXT);
    byte[] damaged = out.toByteArray();
    damaged[15] ^= 1;
    assertThatThrownBy(() -> readAll(Compression.GZIP, damaged))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("header CRC-16");
  }

  private static byte[] readAll(Compression compression, byte[] data) throws IOException {
    try (InputStream in = compression.decompress(new ByteArrayInputStream(data))) {
      return in.readAllBytes();
    }
  }

  private static byte[] compressed(Compression compression, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case NONE -> bytes;
          case GZIP -> new GZIPOutputStream(bytes);
          case ZSTD -> ZstdCodec.encoder(bytes, 3);
          case BZIP2 -> new BZip2CompressorOutputStream(bytes);
          case XZ -> new XZOutputStream(bytes, new LZMA2Options(0));
        }) {
      out.write(data);
    }
    return bytes.toByteArray();
  }

  private static byte[] text(int length) {
    Random random = new Random(5);
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + (int) Math.abs(random.nextGaussian() * 6));
    }
    return text;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Like a slow network: available() is 0 and every read gives one byte. */
  private static final class OneByteAtATime extends InputStream {
    private final InputStream in;

    OneByteAtATime(byte[] data) {
      in = new ByteArrayInputStream(data);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return in.read(buffer, offset, Math.min(length, 1));
    }
  }

  private static final class FailingAtEnd extends InputStream {
    private final InputStream in;
    private final IOException failure;

    FailingAtEnd(byte[] data, IOException failure) {
      in = new ByteArrayInputStream(data);
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value < 0) {
        throw failure;
      }
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      if (count < 0) {
        throw failure;
      }
      return count;
    }
  }
}
