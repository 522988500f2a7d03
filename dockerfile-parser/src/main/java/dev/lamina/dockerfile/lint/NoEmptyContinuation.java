// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Statement;

/** No empty line stands within an instruction. */
final class NoEmptyContinuation extends DockerRule {

  NoEmptyContinuation() {
    super(
        "Empty continuation lines will become errors in a future release", "no-empty-continuation");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStatement statement : subject.statements()) {
      statement
          .statement()
          .map(Statement::emptyContinuationRange)
          .flatMap(range -> range)
          .ifPresent(range -> findings.reportOfFile(range, "Empty continuation line"));
    }
  }
}
