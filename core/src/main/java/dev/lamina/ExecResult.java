// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.error.LaminaException;

/**
 * What came of a command.
 *
 * @param exitCode its exit code, or 128 + n if signal n ended it
 * @param output what it wrote to stdout and stderr, as it came; the last 4 MiB if it is more
 */
public record ExecResult(int exitCode, String output) {
  /**
   * Returns this if the command succeeded.
   *
   * @throws LaminaException if its exit code is not 0; the message holds its output
   */
  @CanIgnoreReturnValue
  public ExecResult orThrow() throws LaminaException {
    if (exitCode != 0) {
      throw new LaminaException("exit code: " + exitCode + "\n" + output);
    }
    return this;
  }
}
