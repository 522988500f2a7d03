// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Written bytes that are not kept in memory. */
class SpillTest {
  @TempDir Path folder;

  private OverlayFileSystem.Builder spilling() {
    return OverlayFileSystem.builder(FileTree.empty()).memoryThreshold(0).tempFolder(folder);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void whatIsWrittenHasNoNameOnTheHost() throws IOException {
    byte[] bytes = new byte[1 << 20];
    new Random(1).nextBytes(bytes);
    try (OverlayFileSystem fs = spilling().build()) {
      Files.write(fs.getPath("/a"), bytes);
      assertThat(files()).isEmpty();
      assertThat(Files.readAllBytes(fs.getPath("/a"))).isEqualTo(bytes);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void theBytesOutliveTheirFileSystem() throws IOException {
    OverlayFileSystem fs = spilling().build();
    Files.writeString(fs.getPath("/a"), "text");
    fs.close();
    Node.File file = (Node.File) fs.snapshot().node(TreePath.of("/a")).orElseThrow();
    assertThat(Trees.text(file)).isEqualTo("text");
  }

  @Test
  void spaceIsUsedAgain() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs Linux's /proc");
    try (OverlayFileSystem fs = spilling().build()) {
      for (int i = 0; i < 200; i++) {
        Files.write(fs.getPath("/a"), new byte[100_000]);
        Files.delete(fs.getPath("/a"));
      }
      Files.write(fs.getPath("/a"), new byte[100_000]);
      assertThat(spillSize()).isBetween(100_000L, 300_000L);
    }
  }

  /** The size of the nameless file in our folder that this process has open. */
  private long spillSize() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path fd : (Iterable<Path>) open::iterator) {
        if (Files.isSymbolicLink(fd)
            && Files.readSymbolicLink(fd).toString().startsWith(folder.toString())) {
          return Files.size(fd);
        }
      }
    }
    throw new AssertionError("no file is open");
  }

  @Test
  void aKilledProcessLeavesNothing() throws Exception {
    Process child = child();
    try {
      assertThat(child.getInputStream().read()).isEqualTo('w'); // it has written
      child.destroyForcibly();
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    assertThat(files()).isEmpty();
  }

  private Process child() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            source(FileTree.class) + File.pathSeparator + source(Writer.class),
            Writer.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String source(Class<?> one) {
    return one.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  /** What runs in the process that is killed. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      OverlayFileSystem fs =
          OverlayFileSystem.builder(FileTree.empty())
              .memoryThreshold(1000)
              .tempFolder(Path.of(args[0]))
              .build();
      try (FileChannel channel =
          FileChannel.open(fs.getPath("/a"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        boolean told = false;
        for (long i = 0; ; i++) { // until it is killed
          channel.write(ByteBuffer.allocate(20_000), i % 100 * 20_000);
          if (!told && i == 50) {
            System.out.write('w');
            System.out.flush();
            told = true;
          }
        }
      }
    }
  }

  @Test
  void whatAProcessLeftThatDiedTooEarlyIsSwept() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor()).isZero();
    long pid = dead.pid();
    Files.writeString(folder.resolve("lamina-" + pid + "-123.spill"), "left");
    Files.writeString(
        folder.resolve("lamina-" + ProcessHandle.current().pid() + "-1.spill"), "ours");
    Files.writeString(folder.resolve("lamina-notes.txt"), "somebody's");
    try (OverlayFileSystem fs = spilling().build()) {
      Files.writeString(fs.getPath("/a"), "text");
    }
    assertThat(files())
        .containsExactlyInAnyOrder(
            "lamina-" + ProcessHandle.current().pid() + "-1.spill", "lamina-notes.txt");
  }

  @Test
  void anInterruptDoesNotLoseTheFile() throws IOException {
    try (OverlayFileSystem fs = spilling().build()) {
      Files.writeString(fs.getPath("/a"), "text");
      Thread.currentThread().interrupt();
      try {
        Files.writeString(fs.getPath("/b"), "more");
      } catch (IOException e) {
        // The channel of the one who was interrupted is closed, as NIO says.
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(Files.readString(fs.getPath("/a"))).isEqualTo("text");
    }
  }
}
