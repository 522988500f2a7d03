// SPDX-License-Identifier: Apache-2.0
package dev.lamina.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Locks that threads of several processes wait for. */
class FileLocksTest {
  @TempDir Path folder;

  /** A JVM that has the lock of one file, and waits for that of another. */
  static final class Child {
    private Child() {}

    /** Says when it has the first. */
    public static void main(String[] arguments) throws Exception {
      PathLock first = PathLock.acquire(Path.of(arguments[0]));
      System.out.println("locked");
      System.out.flush();
      PathLock second = PathLock.acquire(Path.of(arguments[1]));
      second.close();
      first.close();
    }
  }

  /** One thread has what the child waits for, another waits for what the child has. */
  @Test
  @Timeout(60)
  void threadsThatDoNotWaitForEachOtherAreNoDeadlock() throws Exception {
    assumeTrue(Files.isReadable(Path.of("/proc/locks")), "needs Linux to know who waits");
    Path ours = folder.resolve("ours");
    Path theirs = folder.resolve("theirs");
    PathLock held = PathLock.acquire(ours);
    List<String> command = ChildJvm.command(Child.class, List.of("-Xmx64m", "-XX:+UseSerialGC"));
    command.addAll(List.of(theirs.toString(), ours.toString()));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("locked");
      until(() -> isWaiting(child.pid()));

      FutureTask<PathLock> second = new FutureTask<>(() -> PathLock.acquire(theirs));
      Thread thread = new Thread(second, "second");
      thread.start();
      until(() -> second.isDone() || thread.getState() == Thread.State.TIMED_WAITING);
      assertThat(second.isDone()).as("failed").isFalse();

      held.close();
      second.get().close();
    } finally {
      child.destroyForcibly();
      CompletableFuture<Process> gone = child.onExit();
      assertThat(gone.join()).isNotNull();
    }
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /** Those who wait stand behind an arrow: {@code 7: -> POSIX ADVISORY WRITE 4711 …}. */
  private static boolean isWaiting(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/locks")).stream()
          .anyMatch(line -> line.contains("->") && line.contains(" " + pid + " "));
    } catch (IOException e) {
      return false;
    }
  }
}
