// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.ContentOpener;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.layer.LayerReader;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.tar.TarOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What layers cost, by counting bytes that are read, memory that is allocated and files made. */
class LayerLawsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Metadata PLAIN = Metadata.of(0644, Instant.ofEpochSecond(1_700_000_000));

  @TempDir private Path folder;
  private int opened;

  private static Changes files(List<? extends Content> contents) {
    Changes.Builder changes = Changes.builder();
    for (int i = 0; i < contents.size(); i++) {
      changes.put(TreePath.of("/d" + i % 7 + "/f" + i), Node.file(PLAIN, contents.get(i)));
    }
    return changes.build();
  }

  private static Changes files(int count) {
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contents.add(Content.of(new byte[] {(byte) i, (byte) (i >> 8), 1}));
    }
    return files(contents);
  }

  @Test
  void commitReadsEachByteOnce() throws Exception {
    List<CountedContent> contents = new ArrayList<>();
    for (int size : new int[] {0, 1, 511, 512, 100_000, 5 << 20}) {
      contents.add(CountedContent.zeros(size));
    }
    try (LocalStore store = LocalStore.open(folder)) {
      Layer layer = store.layers().commit(files(contents));
      assertThat(layer.changes().size()).isEqualTo(contents.size());
      Descriptor gzip = store.layers().blob(layer, CompressionOptions.DEFAULT);
      assertThat(gzip.digest()).isNotEqualTo(layer.diffId());
    }
    for (CountedContent content : contents) {
      assertThat(content.bytesRead()).isEqualTo(content.size());
    }
  }

  @Test
  void filesOfOneLayerAreReadForAnotherByWayOfOneOpenFile() throws Exception {
    Path tar = folder.resolve("tar");
    Layer layer;
    try (OutputStream out = Files.newOutputStream(tar)) {
      LayerWriter.Written written = LayerWriter.write(files(500), out);
      Content bytes = Content.ofFile(tar, 0, written.size(), this::count);
      layer = new Layer(written.diffId(), bytes, written::index);
    }
    Digest copied = LayerWriter.write(layer.changes(), OutputStream.nullOutputStream()).diffId();
    assertThat(copied).isEqualTo(layer.diffId());
    assertThat(opened).isEqualTo(1);
  }

  private ContentOpener.Opened count(Path file) throws IOException {
    opened++;
    FileChannel channel = FileChannel.open(file);
    return () -> channel;
  }

  @Test
  void writingAllocatesNoMoreForALargeFile() throws Exception {
    long small = allocatedByWriting(1 << 20);
    long large = allocatedByWriting(64 << 20);
    assertThat(large).isLessThan(small + (1 << 20));
  }

  private static long allocatedByWriting(long size) throws IOException {
    Changes changes = files(List.of(CountedContent.zeros(size)));
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      LayerWriter.Written written = LayerWriter.write(changes, OutputStream.nullOutputStream());
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
      assertThat(written.size()).isGreaterThan(size);
    }
    return least;
  }

  @Test
  void layerIsCompressedOnceForEachFormat() throws Exception {
    try (LocalStore store = LocalStore.open(folder)) {
      Layer layer = store.layers().commit(files(1_000));
      Descriptor first = store.layers().blob(layer, CompressionOptions.DEFAULT);
      Map<String, FileTime> before = stored();
      Descriptor second = store.layers().blob(layer, CompressionOptions.DEFAULT);
      assertThat(second).isEqualTo(first);
      assertThat(stored()).isEqualTo(before);
    }
    try (LocalStore store = LocalStore.open(folder)) { // as another process would
      Layer layer = store.layers().commit(files(1_000));
      Map<String, FileTime> before = stored();
      Descriptor again = store.layers().blob(layer, CompressionOptions.DEFAULT);
      assertThat(again.digest().hex()).isNotEmpty();
      assertThat(stored().keySet()).isEqualTo(before.keySet());
    }
  }

  @Test
  void layerIsReadInPlaceThroughItsIndex() throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    LayerWriter.Written written = LayerWriter.write(files(2_000), tar);
    CountedContent bytes = new CountedContent(Content.of(tar.toByteArray()));
    Layer layer = new Layer(written.diffId(), bytes, written::index);

    FileTree tree = FileTree.empty().apply(layer.changes());
    assertThat(tree.size()).isGreaterThan(2_000);
    assertThat(bytes.bytesRead()).as("to show the tree").isZero();

    Node.File file = (Node.File) tree.node(TreePath.of("/d0/f700")).orElseThrow();
    assertThat(file.content().toByteArray()).containsExactly(700, 700 >> 8, 1);
    assertThat(bytes.bytesRead()).as("to read a file of 3 bytes").isEqualTo(3);
  }

  @Test
  void indexIsMadeOfEachByteOnce() throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    LayerWriter.Written written = LayerWriter.write(files(500), tar);
    CountedContent bytes = new CountedContent(Content.of(tar.toByteArray()));
    try (InputStream in = bytes.newInputStream()) {
      assertThat(LayerReader.scan("layer", in, TarOptions.DEFAULT).toBytes())
          .isEqualTo(written.index().toBytes());
    }
    assertThat(bytes.bytesRead()).isLessThanOrEqualTo(written.size());
  }

  @Test
  void layerOfManyFilesMakesAsManyHostFilesAsOneOfFew() throws Exception {
    try (LocalStore store = LocalStore.open(folder)) {
      long empty = stored().size();
      Layer few = store.layers().commit(files(2));
      long one = stored().size() - empty;
      Layer many = store.layers().commit(files(3_000));
      assertThat(stored().size() - empty - one).isEqualTo(one);
      assertThat(many.diffId()).isNotEqualTo(few.diffId());
    }
  }

  @Test
  void layerThatComesInMakesNoFileForAnEntry() throws Exception {
    List<Long> made = new ArrayList<>();
    for (int count : new int[] {2, 3_000}) {
      ByteArrayOutputStream tar = new ByteArrayOutputStream();
      Digest diffId = LayerWriter.write(files(count), tar).diffId();
      Path own = folder.resolve("store" + count);
      try (LocalStore store = LocalStore.open(own)) {
        long before = stored().size();
        Layer layer = store.layers().ingestTar(Content.of(tar.toByteArray()).newInputStream(), "x");
        assertThat(layer.diffId()).isEqualTo(diffId);
        FileTree tree = FileTree.empty().apply(layer.changes());
        Node.File file = (Node.File) tree.node(TreePath.of("/d0/f0")).orElseThrow();
        assertThat(file.content().toByteArray()).hasSize(3);
        made.add(stored().size() - before);
      }
    }
    assertThat(made.get(1)).isEqualTo(made.get(0));
  }

  private Map<String, FileTime> stored() throws IOException {
    Map<String, FileTime> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        found.put(folder.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }
    return found;
  }
}
