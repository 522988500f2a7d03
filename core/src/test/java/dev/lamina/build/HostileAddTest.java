// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.lamina.ChildJvm;
import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.store.LocalStore;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives for ADD that are cut, damaged, or made to take all of the memory or the disk. */
class HostileAddTest {
  private static final Metadata FILE = Metadata.of(0644, Instant.EPOCH);
  private static final int SIZE = 2_000_000; // more than a block of any format

  private enum Format {
    GZIP,
    BZIP2,
    XZ,
    ZSTD;

    byte[] compressed(byte[] data) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out =
          switch (this) {
            case GZIP -> new GZIPOutputStream(bytes);
            case BZIP2 -> new BZip2CompressorOutputStream(bytes);
            case XZ -> new XZOutputStream(bytes, new LZMA2Options(0));
            case ZSTD -> new ZstdOutputStream(bytes).setChecksum(true);
          }) {
        out.write(data);
      }
      return bytes.toByteArray();
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(3).nextBytes(bytes);
    return bytes;
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = TarWriter.over(out);
    tar.write(TarEntry.file("f", FILE, SIZE), Content.of(random(SIZE)));
    tar.finish();
    return out.toByteArray();
  }

  /** Builds with a context of one file and returns what is in the image. */
  private static FileTree add(byte[] archive) throws Exception {
    FileTree files =
        FileTree.empty().graft(TreePath.of("archive"), Node.file(FILE, Content.of(archive)));
    LocalStore store = LocalStore.inMemory();
    return new DockerfileBuilder(store, new StoreImages(store))
        .build(
            BuildRequest.of(Dockerfile.parse("FROM scratch\nADD archive /x/"))
                .withContext(BuildContext.of(files)))
        .tree();
  }

  private static void assertRefused(byte[] archive, String... why) {
    assertThatThrownBy(() -> add(archive))
        .isInstanceOfSatisfying(BuildException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessageContaining("archive: ")
        .hasMessageContainingAll(why);
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveThatIsCutIsAnError(Format format) throws Exception {
    byte[] whole = format.compressed(tar());
    assertThat(add(whole).node(TreePath.of("x/f"))).isPresent();
    assertRefused(
        Arrays.copyOf(whole, whole.length * 3 / 4), format.name().toLowerCase(Locale.ROOT));
    assertRefused(Arrays.copyOf(whole, whole.length - 1), format.name().toLowerCase(Locale.ROOT));
  }

  /** Docker Engine 28.5 unpacks it, where the tar itself is whole: a file it must never become. */
  @ParameterizedTest
  @EnumSource
  void aSmallArchiveThatIsCutIsAnError(Format format) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = TarWriter.over(out);
    tar.write(TarEntry.file("f", FILE, 3), Content.of(random(3)));
    tar.finish();
    byte[] whole = format.compressed(out.toByteArray());
    assertThat(add(whole).node(TreePath.of("x/f"))).isPresent();
    assertRefused(Arrays.copyOf(whole, whole.length - 4), format.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void aTarThatIsCutIsAnError() throws Exception {
    assertRefused(
        Arrays.copyOf(tar(), SIZE / 2), "entry f at 0: expected more, found the stream's end");
  }

  /** Docker Engine 28.5 does so: ADD of a file of 1960 gives one of 1970. */
  @ParameterizedTest
  @ValueSource(longs = {-315_619_200, -1, 10_000_000_000L})
  void aTimeThatDockerCannotTellIs1970(long seconds) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = TarWriter.over(out);
    Metadata odd = FILE.withMtime(Instant.ofEpochSecond(seconds));
    tar.write(TarEntry.file("f", odd, 1), Content.of(random(1)));
    tar.finish();
    assertThat(add(out.toByteArray()).node(TreePath.of("x/f")).orElseThrow().mtime())
        .isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveThatIsDamagedIsAnError(Format format) throws Exception {
    byte[] damaged = format.compressed(tar());
    damaged[damaged.length * 3 / 4] ^= 0x10;
    assertRefused(damaged, format.name().toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @EnumSource
  void whatOnlyBeginsAsAnArchiveIsAFile(Format format) throws Exception {
    byte[] begun = Arrays.copyOf(format.compressed(new byte[0]), 4000);
    System.arraycopy(random(3900), 0, begun, 10, 3900);
    Node node = add(begun).node(TreePath.of("x/archive")).orElseThrow();
    assertThat(((Node.File) node).content().toByteArray()).isEqualTo(begun);
    Node text = add(format.compressed(random(50_000))).node(TreePath.of("x/archive")).orElseThrow();
    assertThat(text).isInstanceOf(Node.File.class);
  }

  @Test
  void theHolesOfSparseFilesAreLimitedAsCompressionIs() throws Exception {
    Node node = add(sparse(32L << 20)).node(TreePath.of("x/s")).orElseThrow();
    assertThat(((Node.File) node).content().size()).isEqualTo(32L << 20);
    assertRefused(sparse(1L << 35), "archive", "s: expected");
  }

  /** A tar of one file that is a hole, in GNU's old format. */
  private static byte[] sparse(long size) {
    byte[] tar = new byte[3 * 512];
    put(tar, 0, "s");
    put(tar, 100, "0000644\0000000000\0000000000\00000000000000\00000000000000\0");
    put(tar, 148, "        S");
    put(tar, 257, "ustar  \0");
    put(tar, 386, number(size) + "00000000000\0");
    put(tar, 483, number(size));
    int sum = 0;
    for (byte b : tar) {
      sum += b & 0xff;
    }
    put(tar, 148, "%06o\0".formatted(sum));
    return tar;
  }

  private static String number(long value) {
    String digits = Long.toOctalString(value);
    return "0".repeat(Math.max(0, 11 - digits.length()))
        + digits
        + (digits.length() < 12 ? "\0" : "");
  }

  private static void put(byte[] tar, int at, String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    System.arraycopy(bytes, 0, tar, at, bytes.length);
  }

  @Test
  void anArchiveThatNeedsMuchMemoryIsAnError() throws Exception {
    byte[] frame = HexFormat.of().parseHex("28b52ffd00" + "90" + "010000"); // a window of 256 MiB
    assertRefused(frame, "zstd stream", "bytes of memory", "ADD --unpack=false");
  }

  @Test
  void anArchiveOfAFormatWithoutItsLibraryIsAnError() throws Exception {
    String without =
        Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().matches("xz-.*"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = ChildJvm.command(HostileAddTest.class, without);
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(child.inputReader().lines().toList())
        .singleElement()
        .asString()
        .contains("Dockerfile:2", "archive: ", "expected org.tukaani:xz");
  }

  /** The child. */
  public static void main(String[] arguments) throws Exception {
    try {
      FileTree tree = add(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 4, 0, 0, 0, 0});
      System.out.println("copied: " + tree.node(TreePath.of("x/archive")));
    } catch (BuildException e) {
      System.out.println(e.getMessage().lines().collect(Collectors.joining(" ")));
    }
  }
}
