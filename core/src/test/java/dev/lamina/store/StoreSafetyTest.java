// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.Samples;
import dev.lamina.oci.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there whatever happens, and the store is always sound. */
class StoreSafetyTest {
  @TempDir Path folder;

  private static long temporaryFiles(Path store) throws IOException {
    Path temp = store.resolve("lamina/temp");
    if (Files.notExists(temp)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(temp)) {
      return files.filter(Files::isRegularFile).filter(file -> !file.endsWith("alive")).count();
    }
  }

  private static void assertSound(Path store, List<String> acknowledged) throws IOException {
    try (LocalStore opened = LocalStore.open(store)) {
      assertThat(opened.check().findings()).isEmpty();
      for (String name : acknowledged) {
        assertThat(opened.find(ImageReference.parse(name)).orElseThrow().tree().size())
            .as(name)
            .isEqualTo(3);
      }
      assertThat(temporaryFiles(store)).isZero();
    }
  }

  /** A process is killed after each number of images it said are there, mostly within the next. */
  @Test
  void killedProcessLosesNothingItAcknowledged() throws Exception {
    Random random = new Random(7);
    List<String> acknowledged = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      Process child = StoreChild.start(folder, "round" + round, 1000, round % 2 == 1);
      try (var out = child.inputReader()) {
        int until = 1 + random.nextInt(12);
        for (int i = 0; i < until; i++) {
          acknowledged.add(out.readLine());
        }
        // By its handle: the process itself would close what it has still said.
        assertThat(child.toHandle().destroyForcibly()).isTrue();
        out.lines().filter(line -> !line.equals("done")).forEach(acknowledged::add);
      }
      assertThat(child.waitFor()).isEqualTo(128 + 9);
      assertSound(folder, acknowledged);
    }
    assertThat(acknowledged).hasSizeGreaterThan(6).doesNotContainNull();
  }

  @Test
  void processesShareAStoreWhileItIsPruned() throws Exception {
    List<Process> children = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      children.add(StoreChild.start(folder, "child" + i, 25, true));
    }
    List<String> names = new ArrayList<>();
    for (Process child : children) {
      try (var out = child.inputReader()) {
        List<String> said = out.lines().toList();
        assertThat(said).last().isEqualTo("done");
        names.addAll(said.subList(0, said.size() - 1));
      }
      assertThat(child.waitFor()).isZero();
    }
    assertThat(names).hasSize(75);
    assertSound(folder, names);
  }

  /** There is ever less space for the same image, down to none. */
  @Test
  void fullDiskIsAnErrorAndNothingElse() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString()),
        "only root can mount a small disk");
    try {
      Path store = disk.resolve("store");
      try (LocalStore opened = LocalStore.open(store)) {
        Samples.named(opened, "first:1", Samples.file("/a", "a"), Samples.file("/b", "b"));
      }
      Path filler = disk.resolve("filler");
      int failed = 0;
      int free = 0;
      for (; free <= 120; free += 4) {
        Files.write(filler, new byte[(int) (Files.getFileStore(disk).getUsableSpace() - 200_000)]);
        int fill = (int) Files.getFileStore(disk).getUsableSpace() - free * 1024;
        Path rest = Files.write(disk.resolve("rest"), new byte[Math.max(fill, 0)]);
        boolean done = tryImage(store, free);
        failed += done ? 0 : 1;
        Files.delete(filler);
        Files.delete(rest);
        assertSound(store, done ? List.of("first:1", "big:" + free) : List.of("first:1"));
        if (done) {
          break;
        }
      }
      assertThat(failed).isGreaterThan(10);
      assertThat(free).isLessThanOrEqualTo(120);
      assertThat(tryImage(store, 1000)).isTrue();
      assertSound(store, List.of("first:1", "big:1000"));
    } finally {
      boolean unused = run("umount", disk.toString());
    }
  }

  private static boolean tryImage(Path store, int number) {
    try (LocalStore opened = LocalStore.open(store)) {
      Samples.named(
          opened,
          "big:" + number,
          Samples.file("/one", Samples.noise(40_000, 1)),
          Samples.file("/two", Samples.noise(20_000, 2)));
      return true;
    } catch (IOException e) {
      assertThat(e.toString()).contains("No space left on device");
      return false;
    }
  }

  private static boolean run(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0;
  }
}
