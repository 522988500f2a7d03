// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code HEALTHCHECK}: how an engine finds out whether a container works.
 *
 * @param command what to run; empty means {@code NONE}: no check, not even an inherited one
 * @param interval time between two checks; zero leaves it to the engine, here and below
 * @param timeout time that a check may take
 * @param startPeriod time in which failures do not count
 * @param startInterval time between two checks in the start period
 * @param retries failures in a row that make a container unhealthy; 0 leaves it to the engine
 */
public record Healthcheck(
    Optional<CommandLine> command,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries)
    implements Instruction {
  /** Returns {@code HEALTHCHECK NONE}. */
  public static Healthcheck none() {
    return new Healthcheck(
        Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
  }

  /** Returns {@code HEALTHCHECK CMD command} with the engine's times. */
  public static Healthcheck of(CommandLine command) {
    return new Healthcheck(
        Optional.of(command), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
  }

  @Override
  public String keyword() {
    return "HEALTHCHECK";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitHealthcheck(this);
  }
}
