// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The JVM in which Lamina does its part of a row. */
enum Jvm {
  /** One that runs already and has done the work before. */
  RUNNING("Lamina, running JVM"),
  /** One that is started for it. */
  NEW("Lamina, new JVM");

  private final String side;

  Jvm(String side) {
    this.side = side;
  }

  /** Returns how Lamina in it is called in the results. */
  String side() {
    return side;
  }

  /** Makes Lamina ready in a JVM. */
  interface Opening {
    /** Makes it ready. */
    Contender open(Jvm jvm) throws IOException, InterruptedException;
  }

  /** Returns Lamina in each of them, the running one first. */
  static List<Side> sides(Opening opening) {
    return List.of(
        new Side(RUNNING.side, () -> opening.open(RUNNING)),
        new Side(NEW.side, () -> opening.open(NEW)));
  }

  /** Returns a name for what this side alone works on. */
  String scratch(String what) {
    return name().toLowerCase(Locale.ROOT) + "-" + what;
  }

  /**
   * Returns one who does a task of {@link Tasks} and leaves nothing to clean up.
   *
   * @param preparation is done before each run
   * @param words the task
   * @param answer looks at what was made
   */
  Contender contender(
      Bench bench, Contender.Step preparation, List<String> words, Contender.Answer answer)
      throws IOException, InterruptedException {
    return contender(bench, preparation, words, answer, Contender.NOTHING);
  }

  /** Returns one who does a task, with something to clean up in the end. */
  Contender contender(
      Bench bench,
      Contender.Step preparation,
      List<String> words,
      Contender.Answer answer,
      Contender.Step cleanUp)
      throws IOException, InterruptedException {
    return switch (this) {
      case RUNNING -> WarmContender.start(bench.lamina(), preparation, words, answer, cleanUp);
      case NEW ->
          new CommandContender(
              bench.meter(),
              Set.of(),
              preparation,
              List.of(bench.lamina().task(words)),
              answer,
              cleanUp);
    };
  }
}
