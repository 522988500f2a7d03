// SPDX-License-Identifier: Apache-2.0
package dev.lamina.compress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.compress.CompressionOptions.Gzip;
import dev.lamina.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gzip by Lamina's own encoder: chunked, on several threads, the same bytes everywhere. */
final class GzipOutputStreamTest {
  private static final int CHUNK = Chunk.CAPACITY;

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        2,
        511,
        512,
        513,
        65_535,
        65_536,
        65_537,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        2 * CHUNK,
        5 * CHUNK + 17
      })
  void everySizeComesBack(int size) throws IOException {
    for (GzipLevel level : GzipLevel.values()) {
      for (byte[] data : List.of(text(size, 1), random(size, 2), new byte[size])) {
        assertThat(gunzip(gzip(level, 3, data))).isEqualTo(data);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void bytesDoNotDependOnThreadsOrOnHowTheyAreWritten(GzipLevel level) throws IOException {
    byte[] data = tar(files(400, 7));
    byte[] expected = gzip(level, 1, data);
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(gzip(level, threads, data)).isEqualTo(expected);
    }
    for (int seed = 0; seed < 3; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream gzip = compressor(level, 2).open(out)) {
        for (int at = 0; at < data.length; ) {
          int count = Math.min(data.length - at, 1 + random.nextInt(1 << random.nextInt(22)));
          gzip.write(data, at, count);
          gzip.flush();
          at += count;
        }
      }
      assertThat(out.toByteArray()).isEqualTo(expected);
    }
  }

  /**
   * Made by this encoder on JDK 17. Another digest means other bytes for the same layer: a new
   * {@link dev.lamina.deflate.DeflateEncoder#VERSION}, and a line in the changelog.
   */
  @ParameterizedTest
  @CsvSource({
    "FAST,    a87d88a0ff7e8d7638164cd7e529f6ba25cef6002d2b57b75226dbc75bfc5857",
    "DEFAULT, b2b6a8b86448eb43682ccb8c1962bdb6520cfa228380b8eab6ca4b678f77c1d3"
  })
  void outputIsPinned(GzipLevel level, String sha256) throws IOException {
    assertThat(sha256(gzip(level, 2, tar(files(200, 3))))).isEqualTo(sha256);
  }

  @ParameterizedTest
  @EnumSource
  void neverMuchLargerThanTheInput(GzipLevel level) throws IOException {
    for (int size : new int[] {0, 1, 100, 10_000, CHUNK, 4 * CHUNK + 1}) {
      int most = size + size / 1_000 + 40;
      assertThat(gzip(level, 2, random(size, size)).length).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void headerNamesNoFileNorTimeNorSystem() throws IOException {
    assertThat(Arrays.copyOf(gzip(GzipLevel.DEFAULT, 1, new byte[1]), 10))
        .isEqualTo(HexFormat.of().parseHex("1f8b08000000000000ff"));
  }

  @Test
  void chunksAfterAChangeAreThoseTheyWere() throws IOException {
    Map<String, byte[]> files = files(600, 11);
    Recorder before = new Recorder();
    byte[] stream = gzip(before, tar(files));
    files.put("d/000-new", text(3_000, 5));
    files.put("d/300", text(40_000, 6));
    files.remove("d/450");
    Recorder after = new Recorder(before, stream);
    byte[] data = tar(files);
    byte[] withCache = gzip(after, data);

    assertThat(before.chunks).hasSizeGreaterThan(15);
    assertThat(after.chunks.size() - after.found.get()).isLessThanOrEqualTo(8);
    assertThat(withCache).isEqualTo(gzip(GzipLevel.DEFAULT, 1, data));
  }

  @Test
  void largeFileIsInChunksOfItsOwn() throws IOException {
    byte[] large = random(3 * CHUNK + 100, 1);
    Map<String, byte[]> files = files(40, 2);
    files.put("d/large", large);
    Recorder before = new Recorder();
    byte[] stream = gzip(before, tar(files));
    Map<String, byte[]> others = files(90, 3);
    others.put("d/large", large);
    Recorder after = new Recorder(before, stream);
    assertThat(gzip(after, tar(others))).isNotEmpty();
    assertThat(after.found.get()).isGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void failureOfTheStreamBelowComesOut(int threads) {
    IOException full = new IOException("disk full");
    OutputStream broken =
        new OutputStream() {
          private long room = 100_000;

          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            room -= length;
            if (room < 0) {
              throw full;
            }
          }
        };
    assertThatThrownBy(
            () -> {
              try (OutputStream gzip = compressor(GzipLevel.FAST, threads).open(broken)) {
                gzip.write(random(20 * CHUNK, 1));
              }
            })
        .isSameAs(full);
  }

  @Test
  void failureOfTheCacheComesOut() {
    IOException unreadable = new IOException("unreadable");
    ChunkCache cache =
        new ChunkCache() {
          @Override
          public Optional<byte[]> find(String sha256) throws IOException {
            throw unreadable;
          }

          @Override
          public void add(EncodedChunk chunk) {}
        };
    OutputStream out = OutputStream.nullOutputStream();
    assertThatThrownBy(
            () -> {
              try (OutputStream gzip = compressor(GzipLevel.FAST, 2).withCache(cache).open(out)) {
                gzip.write(random(10 * CHUNK, 1));
              }
            })
        .isSameAs(unreadable);
  }

  @Test
  void closedStreamTakesNothing() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream gzip = compressor(GzipLevel.FAST, 2).open(out);
    gzip.close();
    int size = out.size();
    gzip.close();
    assertThat(out.size()).isEqualTo(size);
    assertThatThrownBy(() -> gzip.write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void digestsAreThoseOfInputAndOutput() throws IOException {
    byte[] data = text(3 * CHUNK, 4);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DigestedOutput digested = compressor(GzipLevel.DEFAULT, 2).openDigested(out);
    try (digested) {
      digested.write(data);
    }
    assertThat(digested.uncompressed()).isEqualTo(new StreamSum(sha256(data), data.length));
    assertThat(digested.compressed())
        .isEqualTo(new StreamSum(sha256(out.toByteArray()), out.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip -dc", "pigz -dc", "igzip -dc", "python3 -c PYTHON", "zcat"})
  void otherDecodersReadIt(String command, @TempDir Path folder) throws Exception {
    String python =
        "import sys,gzip,shutil;shutil.copyfileobj(gzip.open(sys.stdin.buffer),sys.stdout.buffer)";
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.replaceAll(word -> word.equals("PYTHON") ? python : word);
    assumeTrue(isInstalled(words.get(0)), words.get(0) + " is not installed");
    for (GzipLevel level : GzipLevel.values()) {
      byte[] data = concat(tar(files(150, 9)), random(CHUNK, 1), new byte[2 * CHUNK]);
      Path in = Files.write(folder.resolve("in.gz"), gzip(level, 2, data));
      Path out = folder.resolve("out");
      Process process =
          new ProcessBuilder(words)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(Files.readAllBytes(out)).isEqualTo(data);
    }
  }

  /** Past 4 GiB, where the size in the trailer wraps; slow, so run by hand. */
  @Test
  void streamPast4GiBComesBack() throws IOException {
    assumeTrue(Boolean.getBoolean("lamina.slow"), "takes a minute; -Dlamina.slow=true runs it");
    long size = (4L << 30) + 12_345;
    byte[] piece = text(1 << 20, 1);
    Path file = Files.createTempFile("lamina", ".gz");
    CRC32 written = new CRC32();
    try {
      try (OutputStream gzip = compressor(GzipLevel.FAST, 2).open(Files.newOutputStream(file))) {
        for (long left = size; left > 0; left -= Math.min(left, piece.length)) {
          int count = (int) Math.min(left, piece.length);
          piece[(int) (left % count)]++;
          written.update(piece, 0, count);
          gzip.write(piece, 0, count);
        }
      }
      CRC32 read = new CRC32();
      long count = 0;
      try (InputStream in = Compression.GZIP.decompress(Files.newInputStream(file))) {
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          read.update(buffer, 0, n);
          count += n;
        }
      }
      assertThat(count).isEqualTo(size);
      assertThat(read.getValue()).isEqualTo(written.getValue());
    } finally {
      Files.delete(file);
    }
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static Compressor compressor(GzipLevel level, int threads) {
    return Compressor.of(new Gzip(level)).withParallelism(threads);
  }

  private static byte[] gzip(GzipLevel level, int threads, byte[] data) throws IOException {
    return gzip(compressor(level, threads), data);
  }

  private static byte[] gzip(ChunkCache cache, byte[] data) throws IOException {
    return gzip(compressor(GzipLevel.DEFAULT, 2).withCache(cache), data);
  }

  private static byte[] gzip(Compressor compressor, byte[] data) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = compressor.open(out)) {
      gzip.write(data);
    }
    return out.toByteArray();
  }

  private static byte[] gunzip(byte[] gzip) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  private static Map<String, byte[]> files(int count, long seed) {
    Random random = new Random(seed);
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      files.put(String.format("d/%03d", i), text(random.nextInt(40_000), random.nextLong()));
    }
    return files;
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] text(int size, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append(Integer.toString(random.nextInt(5_000), 36)).append(' ');
    }
    return Arrays.copyOf(text.toString().getBytes(UTF_8), size);
  }

  private static byte[] random(int size, long seed) {
    byte[] data = new byte[size];
    new Random(seed).nextBytes(data);
    return data;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static String sha256(byte[] data) {
    MessageDigest digest = Digest.hasher("sha256");
    return HexFormat.of().formatHex(digest.digest(data));
  }

  /** A cache that knows the chunks of streams before. */
  private static final class Recorder implements ChunkCache {
    private final Map<String, byte[]> known = new HashMap<>();
    private final List<EncodedChunk> chunks = new ArrayList<>();
    private final AtomicInteger found = new AtomicInteger();

    Recorder() {}

    /** Knows the chunks that are in the stream written with {@code before}. */
    Recorder(Recorder before, byte[] stream) {
      for (EncodedChunk chunk : before.chunks) {
        int from = (int) chunk.offset();
        known.put(chunk.sha256(), Arrays.copyOfRange(stream, from, from + chunk.size()));
      }
    }

    @Override
    public Optional<byte[]> find(String sha256) {
      Optional<byte[]> encoded = Optional.ofNullable(known.get(sha256));
      encoded.ifPresent(chunk -> found.incrementAndGet());
      return encoded;
    }

    @Override
    public void add(EncodedChunk chunk) {
      chunks.add(chunk);
    }
  }
}
