// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Eight threads on one file system. */
class ConcurrencyTest {
  private static final int THREADS = 8;

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);

  @AfterEach
  void end() {
    pool.shutdownNow();
  }

  /** What one of the threads does. */
  private interface Work {
    void run(int thread) throws Exception;
  }

  /** Starts all at once and waits for them. */
  private void inParallel(Work work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      all.add(
          pool.submit(
              () -> {
                start.await();
                work.run(thread);
                return null;
              }));
    }
    for (Future<?> each : all) {
      Object ignored = each.get();
    }
  }

  /**
   * Each thread has a folder of its own, so what comes of all of them at once must be what comes of
   * one after the other. Meanwhile snapshots are taken, each of which must stay as it is.
   */
  @Test
  void whatAllDoAtOnceIsWhatTheyDoOneAfterTheOther() throws Exception {
    OverlayFileSystem together = withFolders();
    OverlayFileSystem alone = withFolders();
    List<FileTree> snapshots = new ArrayList<>();
    List<String> listings = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    Future<?> watcher =
        pool.submit(
            () -> {
              while (!done.get() || snapshots.size() < 5) {
                FileTree snapshot = together.snapshot();
                snapshots.add(snapshot);
                listings.add(Trees.list(snapshot));
              }
            });
    String[] answers = new String[THREADS];
    inParallel(thread -> answers[thread] = run(together, thread));
    done.set(true);
    Object ignored = watcher.get();
    for (int thread = 0; thread < THREADS; thread++) {
      assertThat(answers[thread]).as("thread %d", thread).isEqualTo(run(alone, thread));
      String folder = folder(thread);
      try (ModelSession one = new ModelSession(together.getPath(folder));
          ModelSession other = new ModelSession(alone.getPath(folder))) {
        assertThat(one.tree()).as("thread %d", thread).isEqualTo(other.tree());
      }
    }
    for (int i = 0; i < snapshots.size(); i++) {
      assertThat(Trees.list(snapshots.get(i))).isEqualTo(listings.get(i));
    }
    FileTree end = together.snapshot();
    assertThat(Trees.list(together.base().apply(end.diff(together.base()))))
        .isEqualTo(Trees.list(end));
  }

  /** Deep enough that links that lead up don't lead to another's folder. */
  private static String folder(int thread) {
    return "/t" + thread + "/u/v/w/x/y";
  }

  private static OverlayFileSystem withFolders() throws IOException {
    OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
    for (int thread = 0; thread < THREADS; thread++) {
      Files.createDirectories(fs.getPath(folder(thread)));
    }
    return OverlayFileSystem.over(fs.snapshot());
  }

  private static String run(OverlayFileSystem fs, int thread) throws IOException {
    StringBuilder answers = new StringBuilder();
    ModelGenerator generator = new ModelGenerator(thread);
    try (ModelSession session = new ModelSession(fs.getPath(folder(thread)))) {
      for (int i = 0; i < 1_500; i++) {
        answers.append(session.run(generator.next())).append('\n');
      }
    }
    return answers.toString().replaceAll("/t\\d", "");
  }

  @Test
  void oneOfAllMakesAFile() throws Exception {
    OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
    for (int round = 0; round < 200; round++) {
      Path file = fs.getPath("/f" + round);
      AtomicInteger made = new AtomicInteger();
      inParallel(
          thread -> {
            try {
              Files.createFile(file);
              made.incrementAndGet();
            } catch (FileAlreadyExistsException e) {
              // another was first
            }
          });
      assertThat(made).hasValue(1);
    }
  }

  @Test
  void oneOfAllDeletesAFile() throws Exception {
    OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
    for (int round = 0; round < 200; round++) {
      Path file = Files.createFile(fs.getPath("/f"));
      AtomicInteger deleted = new AtomicInteger();
      inParallel(
          thread -> {
            if (Files.deleteIfExists(file)) {
              deleted.incrementAndGet();
            }
          });
      assertThat(deleted).hasValue(1);
    }
  }

  @Test
  void whatIsAppendedByAllIsThereWhole() throws Exception {
    OverlayFileSystem fs =
        OverlayFileSystem.builder(FileTree.empty()).memoryThreshold(100_000).build();
    Path file = Files.createFile(fs.getPath("/log"));
    inParallel(
        thread -> {
          try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 500; i++) {
              out.write(("thread " + thread + " line " + i + "\n").getBytes(UTF_8));
              if (i % 50 == 0) {
                FileTree ignored = fs.snapshot();
              }
            }
          }
        });
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(THREADS * 500).doesNotHaveDuplicates();
    for (int thread = 0; thread < THREADS; thread++) {
      String start = "thread " + thread + " line ";
      List<String> own = lines.stream().filter(line -> line.startsWith(start)).toList();
      for (int i = 0; i < 500; i++) {
        assertThat(own.get(i)).isEqualTo(start + i);
      }
    }
  }

  /** A file is renamed all the time; in every snapshot it has exactly one name. */
  @Test
  void aSnapshotSeesARenameWholeOrNotAtAll() throws Exception {
    OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
    for (int thread = 0; thread < THREADS; thread++) {
      Files.createDirectory(fs.getPath("/d" + thread));
      Files.writeString(fs.getPath("/d" + thread + "/token"), "x");
    }
    inParallel(
        thread -> {
          Random random = new Random(thread);
          Path here = fs.getPath("/d" + thread + "/token");
          for (int i = 0; i < 300; i++) {
            Path there = fs.getPath("/d" + random.nextInt(THREADS) + "/token" + thread);
            Files.move(here, there, StandardCopyOption.ATOMIC_MOVE);
            here = there;
            if (i % 20 == 0) {
              long[] tokens = {0};
              fs.snapshot().forEach((path, node) -> tokens[0] += node instanceof Node.File ? 1 : 0);
              assertThat(tokens[0]).isEqualTo(THREADS);
            }
          }
        });
  }

  /** Readers meet nothing but whole directories while others fill and empty them. */
  @Test
  void readersSeeEachDirectoryAtOneMoment() throws Exception {
    OverlayFileSystem fs = OverlayFileSystem.over(FileTree.empty());
    Files.createDirectory(fs.getPath("/d"));
    AtomicInteger listed = new AtomicInteger();
    inParallel(
        thread -> {
          for (int i = 0; i < 300; i++) {
            if (thread % 2 == 0) {
              Path file = fs.getPath("/d/f" + thread);
              Files.writeString(file, "whole");
              Files.delete(file);
            } else {
              try (DirectoryStream<Path> stream = Files.newDirectoryStream(fs.getPath("/d"))) {
                for (Path path : stream) {
                  listed.incrementAndGet();
                  read(path);
                }
              }
            }
          }
        });
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(fs.getPath("/d"))) {
      assertThat(stream).isEmpty();
    }
    assertThat(listed.get()).isNotNegative();
  }

  private static void read(Path path) throws IOException {
    try {
      assertThat(Files.readString(path)).isIn("", "whole");
    } catch (NoSuchFileException e) {
      // it was deleted meanwhile
    } catch (FileSystemException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void twoFileSystemsOverOneTreeDoNotSeeEachOther() throws Exception {
    FileTree tree = new RandomTrees(1).tree(60);
    String before = Trees.list(tree);
    OverlayFileSystem[] all = new OverlayFileSystem[THREADS];
    for (int thread = 0; thread < THREADS; thread++) {
      all[thread] = OverlayFileSystem.over(tree);
    }
    inParallel(
        thread -> {
          ModelGenerator generator = new ModelGenerator(99);
          try (ModelSession session = new ModelSession(all[thread].getPath("/"))) {
            for (int i = 0; i < 500; i++) {
              String ignored = session.run(generator.next());
            }
          }
        });
    assertThat(Trees.list(tree)).isEqualTo(before);
    try (ModelSession first = new ModelSession(all[0].getPath("/"))) {
      String expected = first.tree();
      for (OverlayFileSystem fs : all) {
        assertThat(new ModelSession(fs.getPath("/")).tree()).isEqualTo(expected);
      }
    }
  }
}
