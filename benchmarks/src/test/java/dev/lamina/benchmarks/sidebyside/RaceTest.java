// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static final PrintStream LOG =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private final List<String> order = new ArrayList<>();

  @Test
  void sidesWorkInTurns() throws Exception {
    List<Outcome> outcomes = race(side("a", 1, "same"), side("b", 3, "same"));

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(outcomes.get(1).times(outcomes.get(0), Figure.CPU)).hasValue(3);
  }

  @Test
  void machineIsCalmBeforeEachRun() throws Exception {
    List<Side> sides = List.of(side("a", 1, "same"), side("b", 1, "same"));

    var unused = new Race(2, () -> order.add("calm"), LOG).run(sides, farAway());

    assertThat(order).containsExactly("calm", "a", "calm", "b", "calm", "a", "calm", "b");
  }

  @Test
  void sideThatFailsDoesNotStopTheOthers() throws Exception {
    Side broken = new Side("b", () -> new Fake("b", 1, "same", new IOException("disk full")));

    List<Outcome> outcomes = race(side("a", 1, "same"), broken, side("c", 1, "same"));

    assertThat(outcomes.get(1).problem()).isEqualTo("failed: disk full");
    assertThat(outcomes.get(2).counts()).isTrue();
    assertThat(order).containsExactly("a", "c", "a", "c", "a", "c");
  }

  @Test
  void peerThatIsMissingIsNamed() throws Exception {
    Side missing =
        new Side(
            "b",
            () -> {
              throw new MissingPeerException("umoci isn't on the PATH");
            });

    List<Outcome> outcomes = race(side("a", 1, "same"), missing);

    assertThat(outcomes.get(1).problem()).isEqualTo("missing: umoci isn't on the PATH");
  }

  @Test
  void sideThatMadeSomethingElseDoesNotCount() throws Exception {
    List<Outcome> outcomes = race(side("a", 1, "2 files"), side("b", 1, "1 file"));

    assertThat(outcomes.get(1).counts()).isFalse();
    assertThat(outcomes.get(1).problem())
        .isEqualTo("made something else: expected 2 files, found 1 file");
  }

  @Test
  void sideThatHasTakenLongIsNotRunAgain() throws Exception {
    assertThat(race(side("a", 1, "same"), side("b", 100, "same")))
        .extracting(outcome -> outcome.costs().size())
        .containsExactly(3, 1);
  }

  @Test
  void roundIsNotBegunAfterTheEndButTheFirst() throws Exception {
    List<Side> sides = List.of(side("a", 1, "same"), side("b", 1, "same"));

    List<Outcome> outcomes = new Race(3, Contender.NOTHING, LOG).run(sides, System.nanoTime() - 1);

    assertThat(outcomes).extracting(outcome -> outcome.costs().size()).containsExactly(1, 1);
  }

  private static List<Outcome> race(Side... sides) throws InterruptedException {
    return new Race(3, Contender.NOTHING, LOG).run(List.of(sides), farAway());
  }

  private static long farAway() {
    return System.nanoTime() + TimeUnit.HOURS.toNanos(1);
  }

  private Side side(String name, double seconds, String answer) {
    return new Side(name, () -> new Fake(name, seconds, answer, null));
  }

  private final class Fake implements Contender {
    private final String name;
    private final double seconds;
    private final String answer;
    private final IOException failure;

    Fake(String name, double seconds, String answer, IOException failure) {
      this.name = name;
      this.seconds = seconds;
      this.answer = answer;
      this.failure = failure;
    }

    @Override
    public void prepare() {}

    @Override
    public Cost run() throws IOException {
      if (failure != null) {
        throw failure;
      }
      order.add(name);
      return new Cost(seconds, seconds, 0);
    }

    @Override
    public String answer() {
      return answer;
    }

    @Override
    public void close() {}
  }
}
