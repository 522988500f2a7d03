// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "a a true", "a b false", "* .x true", "*.c main.c true", "*.c main.h false",
        "a*b*c axxbyyc true", "a*b*c axxbyy false", "?? ab true", "?? a false", "? é true",
        "? 😀 true", "[a-c]1 b1 true", "[a-c]1 d1 false", "[^a-c]1 d1 true", "[]a] ] false",
        "[a]] a] true", "[\\]] ] true", "[a-] a false", "[ x false", "a\\ a false",
        "\\* * true", "\\* x false", "[[]x] [x] true", "** abc true", "[--0] . false",
        "[x\\-z] - true", "[z-a] m false",
      })
  void matchesAsGoDoes(String pattern, String name, boolean matches) {
    assertThat(Glob.compile(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"a false", "a*b true", "a\\*b false", "a\\\\*b true", "[a true"})
  void knowsANameFromAPattern(String text, boolean pattern) {
    assertThat(Glob.hasWildcards(text)).isEqualTo(pattern);
  }

  @Test
  void manyStarsCostNoMoreThanPatternTimesName() {
    String pattern =
        IntStream.range(0, 200).mapToObj(i -> "a*").collect(Collectors.joining()) + "b";
    Glob glob = Glob.compile(pattern);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2), () -> assertThat(glob.matches("a".repeat(5_000))).isFalse());
  }
}
