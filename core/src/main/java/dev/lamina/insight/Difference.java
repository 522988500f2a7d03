// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import java.util.Optional;

/**
 * One way in which two images differ.
 *
 * @param kind which part of the image it is in
 * @param subject what differs: a path, or the name of a setting
 * @param before what the first image has, in words; empty if it has nothing
 * @param after what the second has, in words; empty if it has nothing
 */
public record Difference(
    Kind kind, String subject, Optional<String> before, Optional<String> after) {

  /** The parts of an image. */
  public enum Kind {
    /** How containers are run, and for which platform. */
    CONFIG,
    /** The packages that dpkg or apk has installed. */
    PACKAGE,
    /** What files there are, and what is in them. */
    FILE,
    /** The time of a file's last modification, and nothing else of it. */
    TIME,
    /** What the image notes of its steps. */
    HISTORY,
    /** How the same files are spread over layers. */
    LAYER
  }

  /** Returns a line for a person: {@code /etc/motd: mode 0644 → 0600}. */
  @Override
  public String toString() {
    if (before.isEmpty()) {
      return subject + ": only in the second: " + after.orElse("");
    }
    return after.isEmpty()
        ? subject + ": only in the first: " + before.get()
        : subject + ": " + before.get() + " → " + after.get();
  }
}
