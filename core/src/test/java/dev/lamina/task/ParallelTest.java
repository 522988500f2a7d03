// SPDX-License-Identifier: Apache-2.0
package dev.lamina.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void everyTaskRuns() throws IOException {
    AtomicInteger ran = new AtomicInteger();
    Parallel.run(Collections.nCopies(100, ran::incrementAndGet), 3);
    assertThat(ran).hasValue(100);
  }

  @Test
  void aSingleTaskRunsOnTheCallersThread() throws IOException {
    List<Thread> threads = new ArrayList<>();
    Parallel.run(List.of(() -> threads.add(Thread.currentThread())), 8);
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void whenOneFailsTheOthersAreInterruptedAndHaveEndedWhenItIsThrown() {
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Parallel.Task patient =
        () -> {
          try {
            waiting.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            ended.set(true);
          }
        };
    Parallel.Task failing =
        () -> {
          await(waiting);
          throw new IOException("disk full");
        };

    assertThatThrownBy(() -> Parallel.run(List.of(patient, failing), 2))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(ended).isTrue();
  }

  @Test
  void whatIsUncheckedIsThrownAsItIs() {
    Parallel.Task failing =
        () -> {
          throw new IllegalArgumentException("no such thing");
        };
    assertThatThrownBy(() -> Parallel.run(List.of(failing, failing), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no such thing");
  }

  @Test
  void anInterruptedCallerThrowsAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Parallel.run(Collections.nCopies(2, () -> {}), 2))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void await(CountDownLatch latch) throws InterruptedIOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw (InterruptedIOException) new InterruptedIOException("await").initCause(e);
    }
  }
}
