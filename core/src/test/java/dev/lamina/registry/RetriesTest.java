// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "'Tue, 24 Nov 2026 12:00:30 GMT', 30",
    "'Tue, 24 Nov 2026 11:00:00 GMT', -3600"
  })
  void retryAfterIsSecondsOrADate(String text, long seconds) {
    assertThat(Retries.parse(text, NOW)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "soon", "99999999999999999999", "2026-11-24"})
  void nothingElseIsAnswered(String text) {
    assertThat(Retries.parse(text, NOW)).isEmpty();
  }

  @Test
  void passingAnswersAreAskedForAgain() {
    for (int status : new int[] {408, 429, 499, 500, 502, 503, 504, 522}) {
      assertThat(Retries.isPassing(status)).as("%d", status).isTrue();
    }
    for (int status : new int[] {400, 401, 403, 404, 405, 416, 501}) {
      assertThat(Retries.isPassing(status)).as("%d", status).isFalse();
    }
  }
}
