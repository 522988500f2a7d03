// SPDX-License-Identifier: Apache-2.0
package dev.lamina.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Xattrs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read back exactly, and what is damaged is refused. */
final class TarCodecTest {
  private static final Metadata PLAIN = Metadata.of(0644, Instant.ofEpochSecond(1_767_000_000));

  static List<TarEntry> entries() {
    byte[] capability = HexFormat.of().parseHex("0100000280000a3d00000000000000ff00000000");
    Xattrs xattrs = Xattrs.empty().with("security.capability", capability);
    String name99 = "n".repeat(99);
    return List.of(
        TarEntry.file("a", PLAIN, 0),
        TarEntry.file("set", PLAIN.withMode(07755), 0),
        TarEntry.file("xattr", PLAIN.withXattrs(xattrs), 0),
        TarEntry.file("owner", PLAIN.withOwner(4_294_967_295L, 2_097_152), 0),
        TarEntry.file("nanos", PLAIN.withMtime(Instant.ofEpochSecond(1, 1)), 0),
        TarEntry.file("short-nanos", PLAIN.withMtime(Instant.ofEpochSecond(1, 1_500_000)), 0),
        TarEntry.file("before", PLAIN.withMtime(Instant.ofEpochSecond(-2, 500_000_000)), 0),
        TarEntry.file("year-1900", PLAIN.withMtime(Instant.parse("1900-01-01T00:00:00Z")), 0),
        TarEntry.file("year-9999", PLAIN.withMtime(Instant.parse("9999-12-31T23:59:59Z")), 0),
        TarEntry.file(name99, PLAIN, 0),
        TarEntry.file(name99 + "m", PLAIN, 0),
        TarEntry.file(name99 + "mm", PLAIN, 0),
        TarEntry.file("d".repeat(155) + "/" + name99 + "m", PLAIN, 0),
        TarEntry.file("d".repeat(156) + "/" + name99 + "m", PLAIN, 0),
        TarEntry.file("e/".repeat(2000) + "f", PLAIN, 0),
        TarEntry.file(FileNames.decode(new byte[] {'x', (byte) 0xff}), PLAIN, 0),
        TarEntry.file(FileNames.decode(new byte[] {'x', (byte) 0xfe}), PLAIN, 0),
        TarEntry.file("new\nline\\back", PLAIN, 0),
        TarEntry.directory("dir", PLAIN.withMode(01777)),
        TarEntry.link(TarType.SYMLINK, "link", "../../é/" + "t".repeat(300), PLAIN),
        TarEntry.link(TarType.HARD_LINK, "hard", "a", PLAIN),
        new TarEntry("null", TarType.CHARACTER_DEVICE, "", PLAIN, 0, 1, 3),
        new TarEntry("disk", TarType.BLOCK_DEVICE, "", PLAIN, 0, 4095, 4_294_967_295L),
        new TarEntry("pipe", TarType.FIFO, "", PLAIN, 0, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void entryIsReadAsItWasWritten(TarEntry entry) throws IOException {
    assertThat(read(write(entry), TarOptions.DEFAULT)).containsExactly(entry);
  }

  @Test
  void commonsCompressReadsTheSameNamesAndSizes() throws IOException {
    byte[] tar = write(entries().toArray(TarEntry[]::new));
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(tar), "ISO-8859-1")) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        names.add(e.getName());
      }
    }
    assertThat(names)
        .hasSize(entries().size())
        .contains("dir/", "pipe", "d".repeat(155) + "/" + "n".repeat(99) + "m");
  }

  @Test
  void contentsAreReadInOrderAndInPlace() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = TarWriter.over(out);
    byte[] large = new byte[600_000];
    Arrays.fill(large, (byte) 7);
    writer.write(
        TarEntry.file("small", PLAIN, 5), Content.of("hello".getBytes(StandardCharsets.UTF_8)));
    writer.write(TarEntry.file("large", PLAIN, large.length), new ByteArrayInputStream(large));
    writer.finish();

    TarReader stream =
        TarReader.over(new ByteArrayInputStream(out.toByteArray()), TarOptions.DEFAULT);
    assertThat(stream.next()).isPresent();
    assertThat(stream.content().readAllBytes()).asString().isEqualTo("hello");
    assertThat(stream.next()).isPresent();
    assertThat(stream.content().readAllBytes()).isEqualTo(large);
    Content whole = Content.of(out.toByteArray());
    TarReader inPlace = TarReader.over(whole, TarOptions.DEFAULT);
    assertThat(inPlace.next()).isPresent();
    assertThat(inPlace.next()).isPresent();
    assertThat(whole.slice(inPlace.dataOffset(), inPlace.storedSize()).toByteArray())
        .isEqualTo(large);
    assertThat(inPlace.next()).isEmpty();
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] tar = write(entries().subList(0, 12).toArray(TarEntry[]::new));
    int contentEnd = tar.length - 1024;
    for (int length = 0; length <= contentEnd; length += 512) {
      for (int cut : new int[] {length - 1, length, length + 1}) {
        if (cut >= 0 && cut <= contentEnd) {
          byte[] part = Arrays.copyOf(tar, cut);
          assertThatThrownBy(() -> read(part, TarOptions.DEFAULT))
              .isInstanceOf(TarFormatException.class);
        }
      }
    }
  }

  @Test
  void wrongChecksumIsRefused() throws IOException {
    byte[] tar = write(TarEntry.file("a", PLAIN, 0));
    tar[0] = 'b';
    assertThatThrownBy(() -> read(tar, TarOptions.DEFAULT)).hasMessageContaining("checksum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Q", "A", "V", "D", "M"})
  void unknownTypeIsNamedAndRefused(String type) throws IOException {
    byte[] tar = write(TarEntry.file("a", PLAIN, 0));
    tar[156] = (byte) type.charAt(0);
    sum(tar);
    assertThatThrownBy(() -> read(tar, TarOptions.DEFAULT))
        .isInstanceOf(TarFormatException.class)
        .hasMessageContaining("entry type")
        .hasMessageContaining(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9 size=-5\n",
        "24 size=99999999999999\n",
        "25 uid=18446744073709551615\n",
        "11 path=a\0\n",
        "20 mtime=9e9999999\n",
        "5 x\n",
        "99 path=short\n",
        "7 path\n",
      })
  void unsoundPaxRecordIsRefusedInFewWords(String record) throws IOException {
    byte[] data = record.getBytes(StandardCharsets.ISO_8859_1);
    byte[] tar = withPax(data);
    assertThatThrownBy(() -> read(tar, TarOptions.DEFAULT))
        .isInstanceOf(TarFormatException.class)
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(200));
  }

  @Test
  void hugeExtendedHeaderIsRefusedUnread() throws IOException {
    byte[] tar = withPax(new byte[0]);
    TarNumbers.putOctal(tar, TarHeader.SIZE, 12, 300L << 20);
    sum(tar);
    assertThatThrownBy(() -> read(tar, TarOptions.DEFAULT)).hasMessageContaining("extended header");
  }

  @Test
  void holeOfTerabytesIsOverTheLimit() throws IOException {
    byte[] pax =
        "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n40 GNU.sparse.realsize=8796093022208000\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read(withPax(pax), TarOptions.DEFAULT))
        .hasMessageContaining("sparse size");
  }

  private static byte[] withPax(byte[] records) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] header = write(TarEntry.file("a", PLAIN, 0));
    byte[] extended = Arrays.copyOf(header, 512);
    extended[156] = 'x';
    TarNumbers.putOctal(extended, TarHeader.SIZE, 12, records.length);
    sum(extended);
    out.writeBytes(extended);
    out.writeBytes(records);
    out.writeBytes(new byte[-records.length & 511]);
    out.writeBytes(header);
    return out.toByteArray();
  }

  private static void sum(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += header[i] & 0xff;
    }
    TarNumbers.putOctal(header, 148, 7, sum);
  }

  private static byte[] write(TarEntry... entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter writer = TarWriter.over(out);
    for (TarEntry entry : entries) {
      writer.write(entry);
    }
    writer.finish();
    return out.toByteArray();
  }

  private static List<TarEntry> read(byte[] tar, TarOptions options) throws IOException {
    List<TarEntry> entries = new ArrayList<>();
    try (InputStream in = new ByteArrayInputStream(tar)) {
      TarReader reader = TarReader.over(in, options);
      for (Optional<TarEntry> e = reader.next(); e.isPresent(); e = reader.next()) {
        entries.add(e.get());
      }
    }
    return entries;
  }
}
