// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.oci.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step that two stages have in common. */
class StepsOnceTest {
  private final StepsOnce steps = new StepsOnce();

  @Test
  void theSecondStageGetsWhatTheFirstMade() throws Exception {
    CacheRecord made = new CacheRecord(Digest.sha256("x"), Instant.EPOCH);

    assertThat(steps.once("key", () -> made)).isEqualTo(new StepsOnce.Outcome(made, false));
    assertThat(
            steps.once(
                "key",
                () -> {
                  throw new AssertionError("carried out again");
                }))
        .isEqualTo(new StepsOnce.Outcome(made, true));
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("disk"), new IllegalStateException("bug"), new InterruptedException());
  }

  /** Whichever stage is heard of first, the build fails with the same exception. */
  @ParameterizedTest
  @MethodSource("failures")
  void theSecondStageFailsAsTheFirstDid(Throwable failure) {
    StepsOnce.Work failing =
        () -> {
          if (failure instanceof IOException e) {
            throw e;
          }
          if (failure instanceof InterruptedException e) {
            throw e;
          }
          throw (RuntimeException) failure;
        };
    for (String stage : new String[] {"first", "second"}) {
      assertThatThrownBy(() -> steps.once("key", failing)).as(stage).isSameAs(failure);
    }
  }
}
