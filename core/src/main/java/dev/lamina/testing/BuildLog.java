// SPDX-License-Identifier: Apache-2.0
package dev.lamina.testing;

/** The log of the build whose image a failed test used; shown below the test's own failure. */
final class BuildLog extends Exception {
  private static final long serialVersionUID = 1;

  /** Makes one without a stack trace: it tells what was done, not where. */
  BuildLog(String log) {
    super("build log\n" + log.stripTrailing(), null, false, false);
  }
}
