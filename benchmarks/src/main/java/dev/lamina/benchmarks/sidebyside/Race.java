// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.annotation.Nullable;

/** Has the sides of a row work in turns: A B A B, so that what slows the machine slows both. */
final class Race {
  /** A side that has taken so many seconds isn't run again in the row. */
  private static final double ENOUGH_SECONDS = 12;

  private final int rounds;
  private final Contender.Step calm;
  private final PrintStream log;

  /**
   * Makes one of so many rounds.
   *
   * @param calm brings the machine into the same state before each run; not measured
   */
  Race(int rounds, Contender.Step calm, PrintStream log) {
    this.rounds = rounds;
    this.calm = calm;
    this.log = log;
  }

  /**
   * Runs the sides and returns what came of each, in their order. A side that fails is left out.
   *
   * @param end the time of {@link System#nanoTime} after which no round is begun but the first
   */
  List<Outcome> run(List<Side> sides, long end) throws InterruptedException {
    List<Runner> runners = sides.stream().map(Runner::new).toList();
    try {
      runners.forEach(runner -> runner.attempt(runner::open));
      for (int round = 0; round < rounds; round++) {
        if (round > 0 && System.nanoTime() - end > 0) {
          break;
        }
        for (Runner runner : runners) {
          runner.attempt(runner::run);
        }
      }
      runners.forEach(runner -> runner.attempt(runner::answer));
      String expected = runners.get(0).answer;
      runners.forEach(runner -> runner.compare(expected));
    } finally {
      runners.forEach(Runner::close);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return runners.stream().map(Runner::outcome).toList();
  }

  /** A side at work. */
  private final class Runner {
    private final Side side;
    private final List<Cost> costs = new ArrayList<>();
    private @Nullable Contender contender;
    private String answer = "";
    private long size;
    private String problem = "";

    Runner(Side side) {
      this.side = side;
    }

    void attempt(Contender.Step step) {
      if (!problem.isEmpty()) {
        return;
      }
      try {
        step.run();
      } catch (MissingPeerException e) {
        problem = "missing: " + e.getMessage();
      } catch (IOException | RuntimeException e) {
        problem = "failed: " + e.getMessage();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        problem = "interrupted";
      }
      if (!problem.isEmpty()) {
        log.println("  " + side.name() + ": " + problem);
      }
    }

    void open() throws IOException, InterruptedException {
      contender = side.opening().open();
    }

    void run() throws IOException, InterruptedException {
      if (contender == null || costs.stream().mapToDouble(Cost::wall).sum() > ENOUGH_SECONDS) {
        return;
      }
      contender.prepare();
      calm.run();
      Cost cost = contender.run();
      costs.add(cost);
      log.printf(
          Locale.ROOT,
          "  %-32s %8.3f s CPU %8.3f s %6d MB%n",
          side.name(),
          cost.cpu(),
          cost.wall(),
          cost.memory() >> 20);
    }

    void answer() throws IOException, InterruptedException {
      if (contender != null) {
        answer = contender.answer();
        size = contender.size();
      }
    }

    void compare(String expected) {
      boolean compared = !answer.isEmpty() && !expected.isEmpty();
      if (problem.isEmpty() && compared && !answer.equals(expected)) {
        problem = "made something else: expected " + expected + ", found " + answer;
        log.println("  " + side.name() + ": " + problem);
      }
    }

    void close() {
      try {
        if (contender != null) {
          contender.close();
        }
      } catch (IOException e) {
        log.println("  " + side.name() + ": not cleaned up: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    Outcome outcome() {
      return new Outcome(side.name(), costs, size, problem);
    }
  }
}
