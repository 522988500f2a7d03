// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StepThreadsTest {
  private final StepThreads threads = new StepThreads(3);
  private final List<Thread> used = Collections.synchronizedList(new ArrayList<>());

  private CompletableFuture<Integer> after(CompletableFuture<Integer> before) {
    return before.thenApplyAsync(
        n -> {
          used.add(Thread.currentThread());
          return n + 1;
        },
        threads);
  }

  @Test
  void whoWaitsDoesWhatComesOneAfterTheOther() throws Exception {
    CompletableFuture<Integer> last = CompletableFuture.completedFuture(0);
    for (int i = 0; i < 20; i++) {
      last = after(last);
    }
    assertThat(threads.await(last)).isEqualTo(20);
    assertThat(used).hasSize(20).containsOnly(Thread.currentThread());
  }

  @Test
  void whatDependsOnNothingIsDoneSideBySide() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(CompletableFuture.supplyAsync(() -> meet(together), threads));
    }
    CompletableFuture<Void> done =
        CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    assertThat(threads.await(done)).isNull();
    assertThat(used).doesNotHaveDuplicates().hasSize(3).contains(Thread.currentThread());
  }

  private int meet(CyclicBarrier others) {
    used.add(Thread.currentThread());
    try {
      return others.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thereAreNoMoreThreadsThanAllowed() throws Exception {
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(after(CompletableFuture.completedFuture(i)));
    }
    CompletableFuture<Void> done =
        CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    assertThat(threads.await(done)).isNull();
    assertThat(used.stream().distinct().count()).isBetween(1L, 3L);
  }

  @Test
  void failureIsThatOfTheFuture() {
    CompletableFuture<Integer> failing =
        CompletableFuture.supplyAsync(
            () -> {
              throw new IllegalStateException("no");
            },
            threads);
    assertThatThrownBy(() -> threads.await(failing))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("no");
  }

  @Test
  void interruptEndsTheWaiting() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> threads.await(new CompletableFuture<>()))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
