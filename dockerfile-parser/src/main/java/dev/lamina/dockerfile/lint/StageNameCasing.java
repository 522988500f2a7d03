// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.Letters;

/** The name after {@code AS} is in lower case. */
final class StageNameCasing extends DockerRule {

  StageNameCasing() {
    super("Stage names should be lowercase", "stage-name-casing");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStatement statement : subject.statements()) {
      FromLine.of(statement)
          .map(FromLine::name)
          .filter(name -> !name.equals(Letters.lower(name)))
          .ifPresent(
              name -> findings.report(statement, "Stage name '" + name + "' should be lowercase"));
    }
  }
}
