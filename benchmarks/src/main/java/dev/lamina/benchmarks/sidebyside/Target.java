// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.util.Locale;
import java.util.OptionalDouble;

/** What Lamina is meant to reach in a row. */
sealed interface Target {
  /** Returns the name of the side that it says something of. */
  String side();

  /** Returns in words what is demanded. */
  String demand();

  /**
   * Returns the figure that decides; none if it wasn't measured.
   *
   * @param outcome what came of the side
   * @param reference what came of the row's first side
   */
  OptionalDouble found(Outcome outcome, Outcome reference);

  /** Returns whether a figure is what was demanded. */
  boolean isReached(double found);

  /** A side is to take at least so many times as much CPU as the first. */
  static Target cpu(String side, double times) {
    return new Ratio(side, Figure.CPU, times);
  }

  /** A side is to take at least so many times as much time as the first. */
  static Target wall(String side, double times) {
    return new Ratio(side, Figure.WALL, times);
  }

  /** A side is to make at least so many times as many bytes as the first. */
  static Target size(String side, double times) {
    return new Ratio(side, Figure.SIZE, times);
  }

  /** A side is to take no more than so many seconds. */
  static Target atMost(String side, double seconds) {
    return new Limit(side, seconds);
  }

  /**
   * How many times as much a side is to take as the row's first one.
   *
   * @param side its name
   * @param figure of what
   * @param times at least
   */
  record Ratio(String side, Figure figure, double times) implements Target {
    @Override
    public String demand() {
      return String.format(
          Locale.ROOT, "%s takes at least %s × as much %s", side, number(times), figure.word());
    }

    @Override
    public OptionalDouble found(Outcome outcome, Outcome reference) {
      return outcome.times(reference, figure);
    }

    @Override
    public boolean isReached(double found) {
      return found >= times;
    }
  }

  /**
   * How long a side may take.
   *
   * @param side its name
   * @param most seconds at most
   */
  record Limit(String side, double most) implements Target {
    @Override
    public String demand() {
      return String.format(
          Locale.ROOT, "%s takes no more than %s s %s", side, number(most), Figure.WALL.word());
    }

    @Override
    public OptionalDouble found(Outcome outcome, Outcome reference) {
      return outcome.counts() ? OptionalDouble.of(outcome.median().wall()) : OptionalDouble.empty();
    }

    @Override
    public boolean isReached(double found) {
      return found <= most;
    }
  }

  /** Returns a figure with three digits or more that say something. */
  static String number(double value) {
    String format = value < 0.1 ? "%.4f" : value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
