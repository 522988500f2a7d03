// SPDX-License-Identifier: Apache-2.0
package dev.lamina.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decoded is what {@link Inflater} decodes, and what it refuses is refused. */
class InflateDecoderTest {
  private static final int MOST = 4 << 20;

  /** Gives as many bytes at a time as chance says. */
  private static final class Dribble extends FilterInputStream {
    private final Random random;
    private final int most;

    Dribble(byte[] bytes, long seed, int most) {
      super(new ByteArrayInputStream(bytes));
      this.random = new Random(seed);
      this.most = most;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return super.read(target, offset, Math.min(length, 1 + random.nextInt(most)));
    }
  }

  private static byte[] zlib(byte[] data, int level, int strategy) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(data);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8 << 10];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  private static byte[] own(byte[] data, DeflateLevel level) {
    byte[] out = new byte[DeflateEncoder.maxEncodedSize(data.length)];
    byte[] in = new byte[data.length + 2 * DeflateEncoder.MARGIN];
    System.arraycopy(data, 0, in, DeflateEncoder.MARGIN, data.length);
    int size =
        DeflateEncoder.of(level)
            .encode(in, DeflateEncoder.MARGIN, DeflateEncoder.MARGIN + data.length, out, 0);
    byte[] end = {3, 0};
    return Shapes.concat(Arrays.copyOf(out, size), end);
  }

  private static byte[] decode(InputStream in, int piece) throws IOException, DataFormatException {
    return decode(new InflateInput(in), piece);
  }

  private static byte[] decode(InflateInput input, int piece)
      throws IOException, DataFormatException {
    InflateDecoder decoder = new InflateDecoder(input);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[piece];
    for (int n = decoder.read(buffer, 0, piece);
        n >= 0 && out.size() < MOST;
        n = decoder.read(buffer, 0, piece)) {
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }

  /** Returns what the bytes decode to, with what is left of them behind it; empty if refused. */
  private static Optional<byte[]> decodeOrRefuse(byte[] stream, long seed) throws IOException {
    InflateInput input = new InflateInput(new Dribble(stream, seed, 5_000));
    try {
      byte[] decoded = decode(input, 10_000);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(decoded);
      for (int b = input.read(); b >= 0 && decoded.length < MOST; b = input.read()) {
        all.write(b);
      }
      return Optional.of(all.toByteArray());
    } catch (DataFormatException | EOFException e) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> inflateOrRefuse(byte[] stream) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stream);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] buffer = new byte[10_000];
      while (!inflater.finished() && all.size() < MOST) {
        int n = inflater.inflate(buffer);
        if (n == 0 && inflater.needsInput()) {
          return Optional.empty();
        }
        all.write(buffer, 0, n);
      }
      if (inflater.finished() && all.size() < MOST) {
        all.write(stream, stream.length - inflater.getRemaining(), inflater.getRemaining());
      }
      return Optional.of(all.toByteArray());
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "6, 0", "6, 1", "6, 2"})
  void edgesOfZlibComeBack(int level, int strategy) throws Exception {
    for (Map.Entry<String, byte[]> shape : Shapes.edges().entrySet()) {
      byte[] stream = zlib(shape.getValue(), level, strategy);
      assertThat(decode(new ByteArrayInputStream(stream), 70_000))
          .as(shape.getKey())
          .isEqualTo(shape.getValue());
    }
  }

  @Test
  void mixturesComeBackHoweverTheyAreRead() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      byte[] data = Shapes.mixture(seed);
      byte[] stream = seed % 2 == 0 ? zlib(data, 1 + seed % 9, 0) : own(data, DeflateLevel.FAST);
      int most = seed % 3 == 0 ? 3 : 200_000;
      assertThat(decode(new Dribble(stream, seed, most), 1 + seed * 97))
          .as("mixture %d", seed)
          .isEqualTo(data);
    }
  }

  @Test
  void matchesReachBackThroughTheWholeWindowWhereverItStands() throws Exception {
    byte[] data = new byte[3_000_000];
    byte[] period = Shapes.random(Symbols.MAX_DISTANCE, 1);
    for (int i = 0; i < data.length; i++) {
      data[i] = period[i % period.length];
    }
    byte[] stream = own(data, DeflateLevel.DEFAULT);
    assertThat(stream.length).isLessThan(100_000);
    assertThat(decode(new ByteArrayInputStream(stream), 12_345)).isEqualTo(data);
  }

  /** Codes of 1 bit to 15, so that entries hold one literal or two, or lead to a table below. */
  @Test
  void literalsOfAllLengthsComeBackWhereverTheOutputIsGivenAway() throws Exception {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      byte[] data = new byte[600_001 + seed];
      for (int i = 0; i < data.length; i++) {
        data[i] = (byte) (Long.numberOfTrailingZeros(random.nextLong()) * (1 + seed));
      }
      byte[] stream = zlib(data, 6, Deflater.HUFFMAN_ONLY);
      assertThat(decode(new Dribble(stream, seed, 70_000), 1 + seed * 9_973))
          .as("seed %d", seed)
          .isEqualTo(data);
    }
  }

  @Test
  void everyTruncationIsTheEnd() throws Exception {
    byte[] stream = own(Shapes.text(3_000, 1), DeflateLevel.DEFAULT);
    for (int length = 0; length < stream.length; length++) {
      byte[] cut = Arrays.copyOf(stream, length);
      assertThatThrownBy(() -> decode(new ByteArrayInputStream(cut), 100))
          .as("cut to %d of %d bytes", length, stream.length)
          .isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "07, block type",
    "01 0500 0500 0000000000, stored block lengths",
    "fd ff 00 00 00 00 00 00 00 00 00, number of length or distance symbols",
    "05 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00, code length",
    "03 02 00 00 00 00 00 00 00 00, distance: too far back",
    "1b 03 00 00 00 00 00 00 00 00, literal or length",
  })
  void whatIsNoDeflateIsNamed(String stream, String what) {
    byte[] bytes = HexFormat.of().parseHex(stream.replace(" ", ""));
    assertThat(inflateOrRefuse(bytes)).isEmpty();
    assertThatThrownBy(() -> decode(new ByteArrayInputStream(bytes), 100))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(what);
  }

  @Test
  void damagedStreamsAreJudgedAsTheJdkJudgesThem() throws Exception {
    int seeds = Integer.getInteger("lamina.deflate.mixtures", 80) * 25;
    int refused = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      byte[] data = Arrays.copyOf(Shapes.mixture(seed / 25), 1 + random.nextInt(3_000));
      byte[] stream =
          Shapes.concat(
              zlib(data, random.nextInt(10), random.nextInt(3)), Shapes.random(seed % 50, seed));
      int place =
          random.nextInt(random.nextBoolean() ? Math.min(stream.length, 80) : stream.length);
      switch (random.nextInt(4)) {
        case 0 -> stream[place] = (byte) random.nextInt();
        case 1 -> stream = Arrays.copyOf(stream, place);
        case 2 ->
            stream =
                Shapes.concat(
                    Arrays.copyOf(stream, place),
                    Arrays.copyOfRange(stream, place / 2, stream.length));
        default -> stream[place] ^= (byte) (1 << random.nextInt(8));
      }
      Optional<byte[]> expected = inflateOrRefuse(stream);
      Optional<byte[]> found = decodeOrRefuse(stream, seed);
      assertThat(found.isPresent()).as("seed %d", seed).isEqualTo(expected.isPresent());
      if (expected.isPresent()) {
        assertThat(found.get()).as("seed %d", seed).isEqualTo(expected.get());
      } else {
        refused++;
      }
    }
    assertThat(refused).isBetween(seeds / 20, seeds * 19 / 20);
  }

  /** Headers of codes, complete or not, of every depth: what is behind them is chance. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anyBytesAreJudgedAsTheJdkJudgesThem(int kind) throws Exception {
    int seeds = Integer.getInteger("lamina.deflate.mixtures", 80) * 40;
    for (int seed = 0; seed < seeds; seed++) {
      byte[] stream = Shapes.random(400, seed);
      stream[0] = (byte) ((stream[0] & ~6) | (kind == 0 ? 4 : 2));
      if (kind == 0) {
        stream[0] |= (byte) 0x38; // some symbols of lengths
        stream[0] &= (byte) ~0x80;
      }
      Optional<byte[]> expected = inflateOrRefuse(stream);
      Optional<byte[]> found = decodeOrRefuse(stream, seed);
      assertThat(found.isPresent()).as("seed %d", seed).isEqualTo(expected.isPresent());
      if (expected.isPresent()) {
        assertThat(found.get()).as("seed %d", seed).isEqualTo(expected.get());
      }
    }
  }

  @Test
  void streamsFollowEachOtherInOneInput() throws Exception {
    byte[] first = Shapes.text(200_000, 1);
    byte[] second = Shapes.random(1_000, 2);
    InflateInput input =
        new InflateInput(
            new ByteArrayInputStream(
                Shapes.concat(zlib(first, 6, 0), new byte[] {42}, zlib(second, 6, 0))));
    InflateDecoder decoder = new InflateDecoder(input);
    byte[] buffer = new byte[300_000];
    assertThat(readAll(decoder, buffer)).isEqualTo(first);
    assertThat(input.read()).isEqualTo(42);
    decoder.reset();
    assertThat(readAll(decoder, buffer)).isEqualTo(second);
    assertThat(input.read()).isEqualTo(-1);
  }

  private static byte[] readAll(InflateDecoder decoder, byte[] buffer) throws Exception {
    int size = 0;
    for (int n = decoder.read(buffer, 0, buffer.length);
        n >= 0;
        n = decoder.read(buffer, size, buffer.length - size)) {
      size += n;
    }
    return Arrays.copyOf(buffer, size);
  }
}
