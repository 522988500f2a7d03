// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.task.Failures;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Lets a step that two stages have in common be carried out once: the second to come waits for the
 * first, which is being carried out by another thread and waits for nobody.
 */
final class StepsOnce {
  private final Map<String, CompletableFuture<CacheRecord>> steps = new HashMap<>(); // guarded

  /** Carries a step out. */
  interface Work {
    CacheRecord run() throws IOException, InterruptedException;
  }

  /**
   * A step that was carried out.
   *
   * @param record what came of it
   * @param before whether that was done for another stage
   */
  record Outcome(CacheRecord record, boolean before) {

    /** Returns this with a record that is known to be the right one, if there is one. */
    Outcome with(Optional<CacheRecord> known) {
      return known.isPresent() ? new Outcome(known.get(), before) : this;
    }
  }

  /** Returns what the first work for a key gives or gave. */
  Outcome once(String key, Work work) throws IOException, InterruptedException {
    CompletableFuture<CacheRecord> mine = new CompletableFuture<>();
    CompletableFuture<CacheRecord> first;
    synchronized (steps) {
      first = steps.putIfAbsent(key, mine);
    }
    if (first == null) {
      return new Outcome(carryOut(work, mine), false);
    }
    try {
      return new Outcome(first.get(), true);
    } catch (ExecutionException e) {
      throw Failures.rethrow(e.getCause());
    }
  }

  private static CacheRecord carryOut(Work work, CompletableFuture<CacheRecord> result)
      throws IOException, InterruptedException {
    try {
      CacheRecord made = work.run();
      result.complete(made);
      return made;
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      result.completeExceptionally(e);
      throw e;
    }
  }
}
