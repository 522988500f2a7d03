// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonObject;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.JsonMembers;
import java.time.Duration;
import java.util.List;

/**
 * How a container of the image is asked whether it is well. A duration of zero means "inherit", as
 * does an empty test.
 *
 * @param test {@code [NONE]}, {@code [CMD, args…]} or {@code [CMD-SHELL, command]}
 * @param interval time between two checks
 * @param timeout time after which one check counts as failed
 * @param startPeriod time in which failures don't count
 * @param startInterval time between two checks in the start period
 * @param retries failures in a row until the container counts as unhealthy; zero inherits
 */
public record Healthcheck(
    List<String> test,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {
  /** Copies the list. */
  public Healthcheck {
    test = List.copyOf(test);
  }

  /** Returns a check with this test and all else inherited. */
  public static Healthcheck of(List<String> test) {
    return new Healthcheck(test, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
  }

  static Healthcheck read(JsonFields fields) throws InvalidJsonException {
    return new Healthcheck(
        fields.strings("Test"),
        Duration.ofNanos(fields.number("Interval").orElse(0L)),
        Duration.ofNanos(fields.number("Timeout").orElse(0L)),
        Duration.ofNanos(fields.number("StartPeriod").orElse(0L)),
        Duration.ofNanos(fields.number("StartInterval").orElse(0L)),
        (int) fields.number("Retries").orElse(0L).longValue());
  }

  JsonObject write() {
    JsonMembers json = new JsonMembers();
    json.put("Test", test);
    json.put("Interval", interval.toNanos());
    json.put("Timeout", timeout.toNanos());
    json.put("StartPeriod", startPeriod.toNanos());
    json.put("StartInterval", startInterval.toNanos());
    json.put("Retries", retries);
    return json.object();
  }
}
