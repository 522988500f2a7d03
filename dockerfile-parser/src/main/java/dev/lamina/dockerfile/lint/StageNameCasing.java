// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.Letters;
import java.util.Optional;

/** The name after {@code AS} is in lower case. */
final class StageNameCasing extends DockerRule {

  StageNameCasing() {
    super("Stage names should be lowercase", "stage-name-casing");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStatement statement : subject.statements()) {
      Optional<FromLine> line = FromLine.of(statement);
      if (line.isPresent() && !line.get().name().equals(Letters.lower(line.get().name()))) {
        findings.report(statement, "Stage name '" + line.get().name() + "' should be lowercase");
      }
    }
  }
}
