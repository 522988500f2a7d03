// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams made to be misread, to take space or to take time. */
class HostileTarTest {
  private static final Metadata PLAIN = Metadata.of(0644, Instant.EPOCH);

  /** One block of a stream: a header with fields overwritten, then its data. */
  private static byte[] entry(String name, char type, byte[] data, Object... fields)
      throws IOException {
    byte[] header = Arrays.copyOf(write(TarEntry.file("x", PLAIN, 0)), 512);
    Arrays.fill(header, 0, 100, (byte) 0);
    put(header, 0, name.getBytes(ISO_8859_1));
    header[156] = (byte) type;
    TarNumbers.putOctal(header, TarHeader.SIZE, 12, data.length);
    for (int i = 0; i < fields.length; i += 2) {
      put(header, (Integer) fields[i], (byte[]) fields[i + 1]);
    }
    sum(header);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    out.writeBytes(data);
    out.writeBytes(new byte[-data.length & 511]);
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static void sum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += header[i] & 0xff;
    }
    TarNumbers.putOctal(header, 148, 7, sum);
  }

  private static byte[] stream(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  private static byte[] pax(String... records) {
    StringBuilder text = new StringBuilder();
    for (String record : records) {
      int length = record.length() + 3;
      while (String.valueOf(length).length() + record.length() + 2 != length) {
        length = String.valueOf(length).length() + record.length() + 2;
      }
      text.append(length).append(' ').append(record).append('\n');
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  private static byte[] write(TarEntry... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = TarWriter.over(out);
    for (TarEntry entry : entries) {
      writer.write(entry, Content.of(new byte[(int) entry.size()]));
    }
    writer.finish();
    return out.toByteArray();
  }

  private static List<TarEntry> read(byte[] tar) throws IOException {
    return read(new ByteArrayInputStream(tar));
  }

  private static List<TarEntry> read(InputStream tar) throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    TarReader reader = TarReader.over(tar, TarOptions.DEFAULT);
    for (Optional<TarEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
      entries.add(e.get());
    }
    return entries;
  }

  /** A number as base 256: the first bit set, the rest in two's complement. */
  private static byte[] base256(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) (number.signum() < 0 ? 0xFF : 0));
    byte[] value = number.toByteArray();
    int from = Math.max(0, value.length - length);
    System.arraycopy(value, from, bytes, length - value.length + from, value.length - from);
    bytes[0] |= (byte) 0x80;
    return bytes;
  }

  static Stream<Arguments> wrongNumbers() {
    List<Arguments> rows = new ArrayList<>();
    int[][] fields = {
      {TarHeader.MODE, 8}, {TarHeader.UID, 8}, {TarHeader.GID, 8}, {TarHeader.SIZE, 12}
    };
    for (int[] field : fields) {
      rows.add(Arguments.of(field[0], "no octal", "12x45\0".getBytes(ISO_8859_1)));
      rows.add(Arguments.of(field[0], "a digit too large", "00089\0".getBytes(ISO_8859_1)));
      rows.add(Arguments.of(field[0], "a minus", "-0005\0".getBytes(ISO_8859_1)));
    }
    for (int[] field : new int[][] {{TarHeader.UID, 8}, {TarHeader.GID, 8}, {TarHeader.SIZE, 12}}) {
      rows.add(Arguments.of(field[0], "-1", base256(BigInteger.ONE.negate(), field[1])));
      rows.add(
          Arguments.of(
              field[0],
              "too many bits",
              base256(BigInteger.ONE.shiftLeft(8 * field[1] - 10), field[1])));
    }
    return rows.stream();
  }

  @ParameterizedTest(name = "field at {0}: {1}")
  @MethodSource("wrongNumbers")
  void aNumberThatIsNoneIsRefusedAndNeverGuessed(int field, String what, byte[] value)
      throws IOException {
    byte[] tar = stream(entry("a", '0', new byte[0], field, value));
    assertThatThrownBy(() -> read(tar))
        .isInstanceOf(TarFormatException.class)
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(250));
  }

  @Test
  void theLargestNumbersAreExact() throws IOException {
    byte[] tar =
        stream(
            entry(
                "a",
                '0',
                new byte[0],
                TarHeader.UID,
                base256(BigInteger.valueOf(4_294_967_294L), 8),
                TarHeader.GID,
                base256(BigInteger.valueOf(4_294_967_295L), 8)));
    Metadata metadata = read(tar).get(0).metadata();
    assertThat(metadata.uid()).isEqualTo(4_294_967_294L);
    assertThat(metadata.gid()).isEqualTo(4_294_967_295L);
  }

  @ParameterizedTest
  @CsvSource({
    "size=-1", "size=9223372036854775808", "size=0x10", "size=1e3", "size= 5", "uid=-2",
    "uid=4294967296", "gid=1.5", "mtime=1e9", "mtime=.", "mtime=--1", "mtime=NaN",
    "mtime=99999999999999999999"
  })
  void aPaxNumberThatIsNoneIsRefused(String record) throws IOException {
    byte[] tar = stream(entry("p", 'x', pax(record)), entry("a", '0', new byte[0]));
    assertThatThrownBy(() -> read(tar)).isInstanceOf(TarFormatException.class);
  }

  @Test
  void aFractionOfManyDigitsIsReadInNoTimeOrRefusedInFewWords() throws IOException {
    String digits = "9".repeat(300_000);
    byte[] tar = stream(entry("p", 'x', pax("mtime=1." + digits)), entry("a", '0', new byte[0]));
    try {
      assertThat(read(tar).get(0).metadata().mtime())
          .isEqualTo(Instant.ofEpochSecond(1, 999_999_999));
    } catch (TarFormatException e) {
      assertThat(e.getMessage().length()).isLessThan(250);
    }
  }

  /** Which name counts where several headers give one; as Go's archive/tar decides. */
  static Stream<Arguments> stacks() throws IOException {
    byte[] file = entry("short", '0', new byte[0]);
    byte[] gnu = entry("././@LongLink", 'L', "gnu\0".getBytes(ISO_8859_1));
    byte[] pax = entry("p", 'x', pax("path=pax"));
    byte[] global = entry("g", 'g', pax("comment=x"));
    return Stream.of(
        Arguments.of("header alone", stream(file), "short"),
        Arguments.of("PAX", stream(pax, file), "pax"),
        Arguments.of("GNU", stream(gnu, file), "gnu"),
        Arguments.of("PAX, then GNU", stream(pax, gnu, file), "gnu"),
        Arguments.of("GNU, then PAX", stream(gnu, pax, file), "gnu"),
        Arguments.of("global before", stream(global, pax, file), "pax"),
        Arguments.of("global between", stream(pax, global, file), "pax"),
        Arguments.of("two PAX headers", stream(entry("p", 'x', pax("path=old")), pax, file), "pax"),
        Arguments.of("an empty PAX path", stream(entry("p", 'x', pax("path=")), file), "short"),
        Arguments.of(
            "the last record counts", stream(entry("p", 'x', pax("path=a", "path=b")), file), "b"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stacks")
  void oneOfSeveralNamesCounts(String name, byte[] tar, String expected) throws IOException {
    List<TarEntry> entries = read(tar);
    assertThat(entries).hasSize(1); // none is smuggled in as a file of its own
    assertThat(entries.get(0).name()).isEqualTo(expected);
  }

  @Test
  void aPaxHeaderBelongsToTheNextFileOnly() throws IOException {
    byte[] tar =
        stream(
            entry("p", 'x', pax("path=pax", "uid=5")),
            entry("a", '0', new byte[0]),
            entry("b", '0', new byte[0]));
    assertThat(read(tar)).extracting(TarEntry::name).containsExactly("pax", "b");
    assertThat(read(tar).get(1).metadata().uid()).isZero();
  }

  /** The size of a PAX header tells where the next entry is, for us and for everybody. */
  @Test
  void aSizeOfAPaxHeaderIsTheSizeOfTheFile() throws IOException {
    byte[] inner = entry("smuggled", '0', new byte[0]);
    byte[] outer =
        entry("carrier", '0', inner, TarHeader.SIZE, "00000000000\0".getBytes(ISO_8859_1));
    byte[] tar = stream(entry("p", 'x', pax("size=" + inner.length)), outer);
    assertThat(read(tar)).extracting(TarEntry::name).containsExactly("carrier");
  }

  @ParameterizedTest
  @CsvSource({"path=x", "size=5", "linkpath=x", "GNU.sparse.major=1", "GNU.sparse.name=x"})
  void aGlobalRecordThatWouldMoveEntriesIsRefused(String record) throws IOException {
    byte[] tar = stream(entry("g", 'g', pax(record)), entry("a", '0', new byte[0]));
    assertThatThrownBy(() -> read(tar)).hasMessageContaining("global header");
  }

  /** A stream whose header promises more than there is memory; nothing may be taken for it. */
  @ParameterizedTest
  @CsvSource({"x, 300", "g, 300", "L, 3000", "K, 3000"})
  void aHugeHeaderTakesNoMemory(char type, long mebibytes) throws Exception {
    byte[] size = String.format("%011o\0", mebibytes << 20).getBytes(ISO_8859_1);
    byte[] tar =
        mebibytes < 8_000
            ? Arrays.copyOf(entry("p", type, new byte[0], TarHeader.SIZE, size), 512)
            : new byte[0];
    assertThat(allocatedBy(tar)).isLessThan(1 << 20);
  }

  private static long allocatedBy(byte[] tar) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> read(tar)).hasMessageContaining("extended header");
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Many small headers in a row, each within the limit, add up to nothing. */
  @Test
  void manyHeadersInARowTakeOneAtATime() throws IOException {
    byte[] header = entry("p", 'x', pax("comment=" + "x".repeat(100_000)));
    byte[][] parts = new byte[200][];
    Arrays.fill(parts, header);
    parts[199] = entry("a", '0', new byte[0]);
    assertThat(read(stream(parts))).hasSize(1);
  }

  /** As many extended attributes as fit: what they cost grows with their number, not its square. */
  @Test
  void manyExtendedAttributesCostWhatTheyAre() throws IOException {
    long few = costOfXattrs(1_000);
    long many = costOfXattrs(20_000);
    assertThat(many).isLessThan(40 * few);
  }

  private static long costOfXattrs(int count) throws IOException {
    String[] records = new String[count];
    for (int i = 0; i < count; i++) {
      records[i] = "SCHILY.xattr.user.n" + i + "=v";
    }
    byte[] tar = stream(entry("p", 'x', pax(records)), entry("a", '0', new byte[0]));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    Xattrs xattrs = read(tar).get(0).metadata().xattrs();
    long cost = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(xattrs.names()).hasSize(count);
    return cost;
  }

  @Test
  void capabilitiesOfAllBytesAreKept() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 256; i++) {
      byte[] value = new byte[20];
      random.nextBytes(value);
      value[0] = (byte) i;
      Xattrs xattrs = Xattrs.empty().with("security.capability", value);
      TarEntry entry = TarEntry.file("a", PLAIN.withXattrs(xattrs), 0);
      assertThat(read(write(entry))).containsExactly(entry);
    }
  }

  /** Whatever the bytes are: entries, or one exception of ours. */
  @Test
  void damagedStreamsAreReadOrRefusedAndNothingElse() throws IOException {
    byte[] sound =
        stream(
            entry("p", 'x', pax("path=long", "SCHILY.xattr.user.x=v", "mtime=1.5")),
            entry("a", '0', new byte[700]),
            entry("././@LongLink", 'K', "target\0".getBytes(ISO_8859_1)),
            entry("l", '2', new byte[0]),
            entry("d/", '5', new byte[0]));
    for (int seed = 0; seed < 6_000; seed++) {
      Random random = new Random(seed);
      byte[] tar = sound.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        int at = random.nextInt(tar.length);
        tar[at] = (byte) random.nextInt(256);
        if (random.nextInt(3) > 0) { // make the checksum fit again
          int block = at / 512 * 512;
          byte[] header = Arrays.copyOfRange(tar, block, block + 512);
          sum(header);
          System.arraycopy(header, 0, tar, block, 512);
        }
      }
      try {
        assertThat(read(tar)).hasSizeLessThan(20);
      } catch (TarFormatException e) {
        assertThat(e.getMessage().length()).as("seed %d", seed).isLessThan(5_000);
      }
    }
  }
}
