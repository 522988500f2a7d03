// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {

  @Test
  void quotesAsGoDoes() {
    assertThat(GoText.quoted(List.of("a b", "x\"y\\z", "\n\t\u0001\u007f", "é😀", "\u00a0\u200b")))
        .isEqualTo("[\"a b\" \"x\\\"y\\\\z\" \"\\n\\t\\x01\\x7f\" \"é😀\" \"\\u00a0\\u200b\"]");
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "0|'\\x00'",
        "3|'\\x03'",
        "7|'\\a'",
        "10|'\\n'",
        "39|'\\''",
        "65|'A'",
        "55296|'\ufffd'"
      },
      delimiter = '|',
      quoteCharacter = '~')
  void printsANumberAsItsCharacter(int number, String expected) {
    assertThat(GoText.quotedCharacter(number)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s", "5000000000, 5s", "90000000000, 1m30s", "3600000000000, 1h0m0s", "500000000, 500ms",
    "1500000, 1.5ms", "1, 1ns", "1500, 1.5µs", "1234567890, 1.23456789s",
        "36061500000000, 10h1m1.5s"
  })
  void printsDurationsAsGoDoes(long nanos, String expected) {
    assertThat(GoText.duration(Duration.ofNanos(nanos))).isEqualTo(expected);
  }
}
