// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.SourceRange;
import java.util.Optional;

/** No empty line stands within an instruction. */
final class NoEmptyContinuation extends DockerRule {

  NoEmptyContinuation() {
    super(
        "Empty continuation lines will become errors in a future release", "no-empty-continuation");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStatement statement : subject.statements()) {
      if (statement.statement().isPresent()) {
        Optional<SourceRange> empty = statement.statement().get().emptyContinuationRange();
        if (empty.isPresent()) {
          findings.reportOfFile(empty.get(), "Empty continuation line");
        }
      }
    }
  }
}
