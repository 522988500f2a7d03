// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FileVersionTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 1);
  private static final Instant LATER = TIME.plusNanos(1);

  @Test
  void everyFieldTellsVersionsApart() {
    FileVersion version = new FileVersion(1, 2, 3, TIME, TIME);
    assertThat(version)
        .isEqualTo(new FileVersion(1, 2, 3, TIME, TIME))
        .hasSameHashCodeAs(new FileVersion(1, 2, 3, TIME, TIME));
    assertThat(
            List.of(
                new FileVersion(9, 2, 3, TIME, TIME),
                new FileVersion(1, 9, 3, TIME, TIME),
                new FileVersion(1, 2, 9, TIME, TIME),
                new FileVersion(1, 2, 3, LATER, TIME),
                new FileVersion(1, 2, 3, TIME, LATER)))
        .doesNotContain(version);
  }
}
