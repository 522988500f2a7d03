// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Zeros;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.TarOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes become a layer and changes again; GNU tar reads what we write, and we what it writes. */
class LayerRoundTripTest {
  @TempDir Path folder;

  private static byte[] write(Changes changes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerWriter.Written written = LayerWriter.write(changes, out);
    assertThat(written.size()).isEqualTo(out.size());
    return out.toByteArray();
  }

  @Test
  void aLayerHoldsEveryKindOfNode() throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      FileTree base = new RandomChanges(seed, false).edit(FileTree.empty(), 25);
      FileTree next = new RandomChanges(-seed - 1, false).edit(base, 15);
      byte[] tar = write(next.diff(base));
      FileTree again = Layers.apply(base, tar);
      assertThat(again.diff(next).toString()).as("seed %d", seed).isEmpty();
      assertThat(next.diff(again).toString()).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void theIndexMadeWhileWritingIsTheOneThatIsRead() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      FileTree tree = new RandomChanges(seed, false).edit(FileTree.empty(), 30);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LayerIndex written = LayerWriter.write(tree.diff(FileTree.empty()), out).index();
      Content tar = Content.of(out.toByteArray());
      LayerIndex scanned = LayerReader.scan("x", tar, TarOptions.DEFAULT);
      LayerIndex streamed =
          LayerReader.scan("x", new ByteArrayInputStream(out.toByteArray()), TarOptions.DEFAULT);
      assertThat(scanned.changes(tar).asList())
          .as("seed %d", seed)
          .isEqualTo(written.changes(tar).asList());
      assertThat(streamed.changes(tar).asList())
          .as("seed %d", seed)
          .isEqualTo(written.changes(tar).asList());
    }
  }

  private static void assumeGnuTar() throws IOException, InterruptedException {
    try {
      assumeTrue(run("tar", "--version").contains("GNU tar"), "needs GNU tar");
    } catch (IOException e) {
      assumeTrue(false, "needs GNU tar: " + e.getMessage());
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).as("%s: %s", String.join(" ", command), output).isZero();
    return output;
  }

  private void assumeRoot() throws IOException {
    assumeTrue(
        Files.getAttribute(folder, "unix:uid").equals(0), "only root can make every kind of node");
    assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("user"), "no extended attributes");
  }

  @Test
  void gnuTarUnpacksWhatWasWritten() throws Exception {
    assumeGnuTar();
    assumeRoot();
    for (long seed = 0; seed < 25; seed++) {
      FileTree tree = new RandomChanges(seed, true).edit(FileTree.empty(), 40);
      Path tar = Files.write(folder.resolve(seed + ".tar"), write(tree.diff(FileTree.empty())));
      Path root = Files.createDirectory(folder.resolve("root" + seed));
      String ignored =
          run(
              "tar",
              "-C",
              root.toString(),
              "--xattrs",
              "--xattrs-include=*",
              "--numeric-owner",
              "--same-owner",
              "-pxf",
              tar.toString());
      FileTree unpacked = FileTree.ofFolder(root);
      assertThat(describe(unpacked)).as("seed %d", seed).isEqualTo(describe(tree));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax", "oldgnu"})
  void whatGnuTarPacksIsRead(String format) throws Exception {
    assumeGnuTar();
    assumeRoot();
    for (long seed = 0; seed < 8; seed++) {
      FileTree tree = new RandomChanges(seed, true).edit(FileTree.empty(), 40);
      Path root = Files.createDirectory(folder.resolve(format + seed));
      Path ours = Files.write(folder.resolve("ours.tar"), write(tree.diff(FileTree.empty())));
      String unpacked =
          run("tar", "-C", root.toString(), "--xattrs", "--xattrs-include=*", "-pxf", ours + "");
      assertThat(unpacked).doesNotContain("annot");
      Path tar = folder.resolve(format + ".tar");
      String packed =
          format.equals("pax")
              ? run("tar", "-C", root + "", "--format=pax", "--xattrs", "-cf", tar + "", ".")
              : run("tar", "-C", root + "", "--format=" + format, "-cf", tar + "", ".");
      assertThat(packed).doesNotContain("annot");
      FileTree read = Layers.apply(FileTree.empty(), Files.readAllBytes(tar));
      String expected = describe(FileTree.ofFolder(root));
      String found = describe(read);
      if (!format.equals("pax")) { // the others have whole seconds and no extended attributes
        expected = expected.replaceAll("\\.\\d+Z", "Z").replaceAll(" user\\S*", "");
        found = found.replaceAll("\\.\\d+Z", "Z");
      }
      assertThat(found).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gnu --sparse",
        "pax --sparse --sparse-version=0.0",
        "pax --sparse --sparse-version=0.1",
        "pax --sparse --sparse-version=1.0"
      })
  void sparseFilesOfGnuTarAreRead(String options) throws Exception {
    assumeGnuTar();
    Path file = folder.resolve("sparse");
    byte[] bytes = new byte[3_000_000];
    bytes[0] = 1;
    bytes[1_500_000] = 2;
    bytes[2_900_000] = 3;
    try (var channel =
        java.nio.channels.FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE_NEW,
            java.nio.file.StandardOpenOption.SPARSE,
            java.nio.file.StandardOpenOption.WRITE)) {
      for (int at : new int[] {0, 1_500_000, 2_900_000}) {
        channel.write(ByteBuffer.wrap(bytes, at, 1), at);
      }
      channel.write(ByteBuffer.allocate(1), bytes.length - 1);
    }
    Path tar = folder.resolve("sparse.tar");
    String ignored =
        run(("tar -C " + folder + " --format=" + options + " -cf " + tar + " sparse").split(" "));
    byte[] packed = Files.readAllBytes(tar);
    assertThat(packed.length).isLessThan(bytes.length);
    Node.File read =
        (Node.File)
            Layers.apply(FileTree.empty(), packed).node(TreePath.of("/sparse")).orElseThrow();
    assertThat(read.content().toByteArray()).isEqualTo(bytes);
  }

  /** One line for each node, of what tar can carry; the root's own attributes are left out. */
  private static String describe(FileTree tree) {
    StringBuilder text = new StringBuilder();
    tree.forEach(
        (path, node) -> {
          if (path.isRoot()) {
            return;
          }
          text.append(path).append(' ').append(node).append(' ').append(node.mtime());
          text.append(" x").append(tree.linkCount(path));
          for (String name : node.xattrs().names()) {
            byte[] value = node.xattrs().get(name).orElseThrow();
            text.append(' ').append(name).append('=');
            text.append(java.util.HexFormat.of().formatHex(value));
          }
          if (node instanceof Node.File file) {
            text.append(' ').append(digest(file));
          }
          text.append('\n');
        });
    return text.toString();
  }

  private static int digest(Node.File file) {
    try {
      return java.util.Arrays.hashCode(file.content().toByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Memory stays flat: what is allocated doesn't grow with the size of the file. */
  @Test
  void aLargeFileTakesNoMoreMemoryThanASmallOne() throws IOException {
    long small = allocatedBy(1 << 20);
    long large = allocatedBy(256 << 20);
    assertThat(large).isLessThan(small + (4 << 20));
  }

  private static long allocatedBy(long size) throws IOException {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Metadata metadata = Metadata.of(0644, Instant.EPOCH);
    Changes changes =
        Changes.builder().put(TreePath.of("/big"), Node.file(metadata, new Zeros(size))).build();
    long before = threads.getCurrentThreadAllocatedBytes();
    LayerWriter.Written written = LayerWriter.write(changes, OutputStream.nullOutputStream());
    long after = threads.getCurrentThreadAllocatedBytes();
    assertThat(written.size()).isGreaterThan(size);
    return after - before;
  }

  @Test
  void readingTheHeadersOfALargeLayerReadsNothingElse() throws IOException {
    long[] read = {0};
    long size = 8L << 30;
    Content layer = largeLayer(size, read);
    LayerIndex index = LayerReader.scan("big", layer, TarOptions.DEFAULT);
    assertThat(index.changes(layer)).hasSize(1);
    assertThat(read[0]).isLessThan(200_000);
  }

  /** A layer of one file, of which only the headers are really there. */
  private static Content largeLayer(long size, long[] read) throws IOException {
    byte[] header = largeHeader(size);
    long total = header.length + size + 1024;
    return new Content() {
      @Override
      public long size() {
        return total;
      }

      @Override
      public int read(long position, ByteBuffer dst) {
        if (position >= total) {
          return -1;
        }
        int n = (int) Math.min(dst.remaining(), total - position);
        for (int i = 0; i < n; i++) {
          dst.put(position + i < header.length ? header[(int) position + i] : 0);
        }
        read[0] += n;
        return n;
      }
    };
  }

  private static byte[] largeHeader(long size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputStream first =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            if (out.size() > 4096) {
              throw new IOException("enough");
            }
          }
        };
    try {
      Metadata metadata = Metadata.of(0644, Instant.EPOCH);
      Changes changes =
          Changes.builder().put(TreePath.of("/big"), Node.file(metadata, new Zeros(size))).build();
      LayerWriter.Written ignored = LayerWriter.write(changes, first);
    } catch (IOException e) {
      assertThat(e).hasMessage("enough");
    }
    byte[] bytes = out.toByteArray();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return java.util.Arrays.copyOf(bytes, (end + 511) / 512 * 512);
  }
}
