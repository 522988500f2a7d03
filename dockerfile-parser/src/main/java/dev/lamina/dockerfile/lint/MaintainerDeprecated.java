// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Maintainer;

/** There is no MAINTAINER. */
final class MaintainerDeprecated extends DockerRule {

  MaintainerDeprecated() {
    super(
        "The MAINTAINER instruction is deprecated, use a label instead to define an image author",
        "maintainer-deprecated");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStatement statement : subject.statements()) {
      if (statement.written() instanceof Maintainer) {
        findings.report(statement, "Maintainer instruction is deprecated in favor of using label");
      }
    }
  }
}
