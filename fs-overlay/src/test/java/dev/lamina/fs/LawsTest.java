// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What things cost, by counting: bytes read, and bytes of heap that are allocated, which is what a
 * walk through many nodes could not hide. No times, so a busy machine changes nothing.
 */
class LawsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Something whose cost is counted. */
  private interface Action {
    Object run() throws Exception;
  }

  /** The bytes an action allocates, the least of some runs, since others are loading classes. */
  private static long cost(Action action) throws Exception {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Object kept = action.run();
      long after = THREADS.getCurrentThreadAllocatedBytes();
      assertThat(kept).isNotNull();
      least = Math.min(least, after - before);
    }
    return least;
  }

  /** A tree of some files, a hundred in a directory. */
  private static FileTree tree(int files) throws IOException {
    Changes.Builder changes = Changes.builder();
    Metadata metadata = Metadata.of(0644, Trees.TIME);
    Content content = Content.of(new byte[] {1});
    for (int i = 0; i < files; i++) {
      changes.put(file(i), Node.file(metadata, content));
    }
    return FileTree.empty().apply(changes.build());
  }

  private static TreePath file(int i) {
    return TreePath.of("/d" + i / 10_000 + "/e" + i / 100 % 100 + "/f" + i % 100);
  }

  private static FileTree changed(FileTree tree) throws IOException {
    return tree.apply(Changes.of(new Change.Put(file(42), Trees.fileNode("changed"))));
  }

  @Test
  void aSnapshotCostsTheSameAtAnySize() throws Exception {
    for (int files : new int[] {100, 100_000}) {
      try (OverlayFileSystem fs = OverlayFileSystem.over(tree(files))) {
        Path file = fs.getPath("/x");
        Files.createFile(file);
        assertThat(cost(fs::snapshot)).isLessThan(100);
        long[] one = {0};
        long edit =
            cost(
                () -> {
                  Files.createFile(fs.getPath("/x" + one[0]++));
                  return fs.snapshot();
                });
        assertThat(edit).as("%d files", files).isLessThan(20_000);
      }
    }
  }

  @Test
  void aDiffCostsWhatChanged() throws Exception {
    FileTree small = tree(1_000);
    FileTree large = tree(100_000);
    FileTree smallNext = changed(small);
    FileTree largeNext = changed(large);
    assertThat(largeNext.diff(large)).hasSize(1);
    long cost = cost(() -> smallNext.diff(small));
    assertThat(cost(() -> largeNext.diff(large))).isLessThan(2 * cost);
    long compare = cost(() -> smallNext.compare(small));
    assertThat(cost(() -> largeNext.compare(large))).isLessThan(2 * compare);
  }

  @Test
  void applyingCostsTheLayer() throws Exception {
    FileTree small = tree(1_000);
    FileTree large = tree(100_000);
    long cost = cost(() -> changed(small));
    assertThat(cost(() -> changed(large))).isLessThan(2 * cost);
  }

  @Test
  void mergingCostsTheChanges() throws Exception {
    FileTree small = tree(1_000);
    FileTree large = tree(100_000);
    FileTree smallNext = changed(small);
    FileTree largeNext = changed(large);
    long cost = cost(() -> Merge.of(small, smallNext, small));
    assertThat(cost(() -> Merge.of(large, largeNext, large))).isLessThan(2 * cost);
  }

  @Test
  void lookingUpCostsTheSameThroughAnyNumberOfLayers() throws Exception {
    long[] costs = new long[2];
    for (int i = 0; i < 2; i++) {
      FileTree tree = tree(1_000);
      for (int layer = 1; layer < (i == 0 ? 1 : 127); layer++) {
        tree = tree.apply(Changes.of(new Change.Put(file(layer), Trees.fileNode("" + layer))));
      }
      OverlayFileSystem fs = OverlayFileSystem.over(tree);
      Path file = fs.getPath(file(500));
      costs[i] = cost(() -> Files.readAttributes(file, BasicFileAttributes.class));
    }
    assertThat(costs[1]).isEqualTo(costs[0]);
  }

  @Test
  void openingAndListingCostTheSameThroughAnyNumberOfLayers() throws Exception {
    long[] opens = new long[2];
    long[] lists = new long[2];
    for (int i = 0; i < 2; i++) {
      FileTree tree = tree(1_000);
      for (int layer = 1; layer < (i == 0 ? 2 : 127); layer++) {
        tree = tree.apply(Changes.of(new Change.Put(file(1), Trees.fileNode("x" + layer % 10))));
      }
      FileTree layered = tree;
      opens[i] = cost(() -> OverlayFileSystem.over(layered));
      OverlayFileSystem fs = OverlayFileSystem.over(layered);
      Path directory = fs.getPath("/d0/e0");
      lists[i] =
          cost(
              () -> {
                List<Path> found = new ArrayList<>();
                try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                  stream.forEach(found::add);
                }
                assertThat(found).hasSize(100);
                return found;
              });
    }
    assertThat(opens[1]).isEqualTo(opens[0]);
    assertThat(lists[1]).isEqualTo(lists[0]);
  }

  /** A content that counts what is read of it. */
  private static final class Counted implements Content {
    private final long size;
    private final AtomicLong read = new AtomicLong();

    Counted(long size) {
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long position, ByteBuffer dst) {
      if (position >= size) {
        return -1;
      }
      int n = (int) Math.min(dst.remaining(), size - position);
      dst.put(new byte[n]);
      read.addAndGet(n);
      return n;
    }
  }

  private static OverlayFileSystem over(Content content) throws IOException {
    Node file = Node.file(Metadata.of(0644, Trees.TIME), content);
    return OverlayFileSystem.over(
        FileTree.empty().apply(Changes.of(new Change.Put(TreePath.of("/big"), file))));
  }

  @Test
  void theFirstByteWrittenToALargeFileReadsOneBlock() throws Exception {
    Counted content = new Counted(1L << 30);
    try (OverlayFileSystem fs = over(content);
        FileChannel channel = FileChannel.open(fs.getPath("/big"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1}), 500_000_000);
      assertThat(content.read.get()).isLessThanOrEqualTo(16 << 10);
      assertThat(channel.size()).isEqualTo(1L << 30);
      channel.write(ByteBuffer.wrap(new byte[] {2}), 500_000_001);
      assertThat(content.read.get()).isLessThanOrEqualTo(16 << 10);
    }
  }

  @Test
  void wholeBlocksAreWrittenWithoutReading() throws Exception {
    Counted content = new Counted(1L << 30);
    try (OverlayFileSystem fs = over(content);
        FileChannel channel = FileChannel.open(fs.getPath("/big"), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(64 << 10), 1 << 20);
      assertThat(content.read.get()).isZero();
    }
  }

  @Test
  void whatDoesNotTouchTheBytesReadsNone() throws Exception {
    Counted content = new Counted(1L << 30);
    try (OverlayFileSystem fs = over(content)) {
      Path big = fs.getPath("/big");
      Files.setAttribute(big, "unix:mode", 0600);
      Files.setAttribute(big, "user:x", new byte[1]);
      Files.move(big, fs.getPath("/moved"));
      Files.createLink(fs.getPath("/linked"), fs.getPath("/moved"));
      Files.copy(fs.getPath("/moved"), fs.getPath("/copy"));
      try (FileChannel channel = FileChannel.open(fs.getPath("/copy"), StandardOpenOption.WRITE)) {
        channel.truncate(1L << 29);
      }
      assertThat(fs.changes()).isNotEmpty();
      assertThat(content.read.get()).isZero();
    }
  }
}
