// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextDiffTest {
  @Test
  void equalTextsHaveNoDifference() {
    assertThat(TextDiff.of(List.of("a", "b"), List.of("a", "b"))).isEmpty();
  }

  @Test
  void whatIsCommonIsKept() {
    assertThat(TextDiff.of(List.of("a", "b", "c", "d"), List.of("a", "c", "x", "d")))
        .isEqualTo("  a\n- b\n  c\n+ x\n  d\n");
  }

  @Test
  void farFromADifferenceNothingIsShown() {
    List<String> lines = IntStream.range(0, 40).mapToObj(Integer::toString).toList();
    List<String> other =
        lines.stream().map(l -> l.equals("5") || l.equals("30") ? "x" : l).toList();

    assertThat(TextDiff.of(lines, other))
        .startsWith("  …\n  2\n  3\n  4\n- 5\n+ x\n  6\n  7\n  8\n  …\n  27\n")
        .endsWith("  33\n");
  }
}
