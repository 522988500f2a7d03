// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.util.List;
import java.util.OptionalInt;

/** What an engine answered when it was asked to run something here. */
public sealed interface Probe {

  /**
   * The engine ran the probe's command.
   *
   * @param description what answered, for people: {@code runc 1.1.5, as root, overlay}
   * @param warnings what will not work although the engine does, such as {@code chown} with a
   *     single uid
   */
  record Available(String description, List<String> warnings) implements Probe {
    public Available {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The engine could not run the probe's command.
   *
   * @param command what was tried; empty if there was nothing to try (no such program, not Linux)
   * @param exitCode its exit code, if it was started
   * @param reason the last line it wrote to stderr, or why it was not started
   * @param remedy what would make it work on this host
   */
  record Unavailable(List<String> command, OptionalInt exitCode, String reason, String remedy)
      implements Probe {
    public Unavailable {
      command = List.copyOf(command);
    }
  }
}
