// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class GoalTest {
  static final List<Goal> GOALS = Goal.ALL;

  @ParameterizedTest
  @CsvSource({
    "400, 'open takes no more than 500 ns: 400 ns, reached'",
    "1500, 'open takes no more than 500 ns: 1.5 µs, missed'"
  })
  void limitIsReachedBelowIt(double found, String verdict) {
    assertThat(new Goal.AtMost("T", "open", 500).verdict(Map.of("open", found))).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "900, 'peer takes at least 8 × as long as ours: 9.0, reached'",
    "700, 'peer takes at least 8 × as long as ours: 7.0, missed'"
  })
  void otherIsToTakeLonger(double peer, String verdict) {
    Goal goal = new Goal.Times("T", "peer", 8, "ours");

    assertThat(goal.verdict(Map.of("peer", peer, "ours", 100.0))).isEqualTo(verdict);
  }

  @Test
  void goalWithoutItsPeerIsNotMeasured() {
    Goal goal = new Goal.Times("T", "peer", 8, "ours");

    assertThat(goal.verdict(Map.of("ours", 100.0))).endsWith(": not measured");
  }

  @ParameterizedTest
  @FieldSource("GOALS")
  void goalNamesAMethodThatIsThere(Goal goal) {
    String benchmark =
        goal instanceof Goal.AtMost limit ? limit.benchmark() : ((Goal.Times) goal).benchmark();
    String method = benchmark.substring(0, benchmark.indexOf(','));

    assertThatCode(() -> type(goal.type()).getMethod(method)).doesNotThrowAnyException();
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    String folder = name.equals("OpenBenchmark") ? "layer" : "fs";
    return Class.forName("dev.lamina.benchmarks." + folder + "." + name);
  }
}
