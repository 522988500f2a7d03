// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HistoryEntryTest {
  private static final Optional<Instant> TIME = Optional.of(Instant.EPOCH);

  @Test
  void everyFieldTellsStepsApart() {
    HistoryEntry step = new HistoryEntry(TIME, "RUN a", "me", "note", true);
    assertThat(step)
        .isEqualTo(new HistoryEntry(TIME, "RUN a", "me", "note", true))
        .hasSameHashCodeAs(new HistoryEntry(TIME, "RUN a", "me", "note", true));
    assertThat(
            List.of(
                new HistoryEntry(Optional.empty(), "RUN a", "me", "note", true),
                new HistoryEntry(TIME, "RUN b", "me", "note", true),
                new HistoryEntry(TIME, "RUN a", "you", "note", true),
                new HistoryEntry(TIME, "RUN a", "me", "other", true),
                new HistoryEntry(TIME, "RUN a", "me", "note", false)))
        .doesNotContain(step);
  }
}
