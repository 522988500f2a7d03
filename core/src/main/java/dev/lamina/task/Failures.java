// SPDX-License-Identifier: Apache-2.0
package dev.lamina.task;

import java.io.IOException;
import javax.annotation.Nullable;

/** What another thread failed with, on its way to whoever waits for it. */
public final class Failures {
  private Failures() {}

  /**
   * Throws a failure as what it is, so that who waited sees what it would have seen had it done the
   * work itself.
   *
   * @param failure the cause of an {@link java.util.concurrent.ExecutionException}, say
   * @return nothing, ever; to be thrown by the caller, so that the compiler knows
   */
  public static RuntimeException rethrow(@Nullable Throwable failure)
      throws IOException, InterruptedException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof InterruptedException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }
}
