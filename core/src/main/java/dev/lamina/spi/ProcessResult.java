// SPDX-License-Identifier: Apache-2.0
package dev.lamina.spi;

import java.util.List;

/**
 * How a process ended.
 *
 * @param exitCode its exit code, or 128 + n if signal n ended it
 * @param lastLines the last lines it wrote, to either output
 */
public record ProcessResult(int exitCode, List<String> lastLines) {
  /** Copies the list. */
  public ProcessResult {
    lastLines = List.copyOf(lastLines);
  }
}
