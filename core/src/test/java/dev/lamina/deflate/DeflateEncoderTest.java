// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DeflateEncoderTest {
  private static final int MARGIN = DeflateEncoder.MARGIN;

  @ParameterizedTest
  @EnumSource
  void edgeShapesComeBack(DeflateLevel level) throws Exception {
    DeflateEncoder encoder = DeflateEncoder.of(level);
    for (Map.Entry<String, byte[]> shape : Shapes.edges().entrySet()) {
      byte[] data = shape.getValue();
      assertThat(inflate(stream(encode(encoder, data)), data.length))
          .as(shape.getKey())
          .isEqualTo(data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mixturesComeBack(DeflateLevel level) throws Exception {
    DeflateEncoder encoder = DeflateEncoder.of(level);
    int seeds = Integer.getInteger("lamina.deflate.mixtures", 80);
    for (int seed = 0; seed < seeds; seed++) {
      byte[] data = Shapes.mixture(seed);
      assertThat(inflate(stream(encode(encoder, data)), data.length))
          .as("mixture %d", seed)
          .isEqualTo(data);
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverMuchLargerThanStored(DeflateLevel level) {
    DeflateEncoder encoder = DeflateEncoder.of(level);
    Shapes.edges()
        .forEach(
            (name, data) ->
                assertThat(encode(encoder, data).length)
                    .as(name)
                    .isLessThanOrEqualTo(data.length + data.length / 1_400 + 16));
  }

  @ParameterizedTest
  @CsvSource({"FAST, 1, 1.03", "DEFAULT, 6, 1.03"})
  void textIsAboutAsSmallAsZlibMakesIt(DeflateLevel level, int zlibLevel, double factor) {
    byte[] text = Shapes.text(1 << 20, 2);
    Deflater zlib = new Deflater(zlibLevel, true);
    zlib.setInput(text);
    zlib.finish();
    int zlibSize = zlib.deflate(new byte[text.length]);
    zlib.end();
    assertThat(encode(DeflateEncoder.of(level), text).length)
        .isLessThanOrEqualTo((int) (zlibSize * factor));
  }

  @ParameterizedTest
  @EnumSource
  void unlikeDataHasBlocksOfItsOwn(DeflateLevel level) {
    DeflateEncoder encoder = DeflateEncoder.of(level);
    byte[] text = Shapes.text(300_000, 4);
    byte[] noise = Shapes.random(100_000, 5);
    int apart = encode(encoder, text).length + encode(encoder, noise).length;
    assertThat(encode(encoder, Shapes.concat(text, noise)).length)
        .isLessThanOrEqualTo(apart + apart / 100);
  }

  @ParameterizedTest
  @EnumSource
  void chunkDoesNotDependOnWhatWasEncodedBefore(DeflateLevel level) {
    byte[] data = Shapes.mixture(1);
    DeflateEncoder used = DeflateEncoder.of(level);
    assertThat(encode(used, Shapes.text(100_000, 3))).isNotEmpty();
    assertThat(encode(used, data)).isEqualTo(encode(DeflateEncoder.of(level), data));
  }

  @ParameterizedTest
  @EnumSource
  void chunkDoesNotDependOnWhereItIsOrWhatSurroundsIt(DeflateLevel level) {
    DeflateEncoder encoder = DeflateEncoder.of(level);
    for (int seed = 0; seed < 20; seed++) {
      byte[] data = Shapes.mixture(seed);
      byte[] expected = encode(encoder, data);
      for (int from : new int[] {MARGIN, MARGIN + 1, 1_000, 40_000, 65_536, 70_001}) {
        byte[] in = Shapes.random(from + data.length + MARGIN, from);
        System.arraycopy(data, 0, in, from, data.length);
        byte[] out = new byte[10 + DeflateEncoder.maxEncodedSize(data.length)];
        int end = encoder.encode(in, from, from + data.length, out, 10);
        assertThat(Arrays.copyOfRange(out, 10, end)).as("from %d", from).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void chunksMayBeJoined(DeflateLevel level) throws Exception {
    DeflateEncoder encoder = DeflateEncoder.of(level);
    byte[] first = Shapes.mixture(5);
    byte[] second = Shapes.text(10_000, 6);
    byte[] empty = {};
    byte[] joined =
        Shapes.concat(
            encode(encoder, second),
            encode(encoder, empty),
            encode(encoder, first),
            encode(encoder, second));
    byte[] expected = Shapes.concat(second, first, second);
    assertThat(inflate(stream(joined), expected.length)).isEqualTo(expected);
  }

  /**
   * The digests were made by this encoder, version 6, on JDK 17. They pin its output: a change of
   * one means other bytes for the same image, hence a new {@link DeflateEncoder#VERSION} and a line
   * in the changelog.
   */
  @ParameterizedTest
  @CsvSource({
    "FAST, 2af36bc1a8132fa6bae3926c48249af8fd9566616b2a258da93482a86b2bb316",
    "DEFAULT, 054d32b1460a9a33f8c3abf180f7cea0ecda664f8ee40eca14594d51e2beeec9"
  })
  void outputIsPinned(DeflateLevel level, String expected) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    DeflateEncoder encoder = DeflateEncoder.of(level);
    Shapes.edges().values().forEach(data -> digest.update(encode(encoder, data)));
    for (int seed = 0; seed < 50; seed++) {
      digest.update(encode(encoder, Shapes.mixture(seed)));
    }
    assertThat(DeflateEncoder.VERSION).isEqualTo(6);
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
  }

  @Test
  void arraysTooSmallAreRefused() {
    DeflateEncoder encoder = DeflateEncoder.of(DeflateLevel.FAST);
    byte[] in = new byte[100];
    assertThatThrownBy(() -> encoder.encode(in, MARGIN - 1, 50, new byte[1_000], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> encoder.encode(in, MARGIN, 101 - MARGIN, new byte[1_000], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> encoder.encode(in, MARGIN, 50, new byte[1_000], 950))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static byte[] encode(DeflateEncoder encoder, byte[] data) {
    byte[] in = new byte[data.length + 2 * MARGIN];
    System.arraycopy(data, 0, in, MARGIN, data.length);
    byte[] out = new byte[DeflateEncoder.maxEncodedSize(data.length)];
    return Arrays.copyOf(out, encoder.encode(in, MARGIN, MARGIN + data.length, out, 0));
  }

  private static byte[] stream(byte[] chunks) {
    return Shapes.concat(chunks, DeflateEncoder.end());
  }

  private static byte[] inflate(byte[] stream, int expected) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stream);
      byte[] out = new byte[expected + 1];
      int size = 0;
      while (!inflater.finished()) {
        int count = inflater.inflate(out, size, out.length - size);
        if (count == 0 && !inflater.finished()) {
          throw new DataFormatException("stuck after " + size + " of " + expected + " bytes");
        }
        size += count;
      }
      assertThat(inflater.getRemaining()).isZero();
      return Arrays.copyOf(out, size);
    } finally {
      inflater.end();
    }
  }
}
