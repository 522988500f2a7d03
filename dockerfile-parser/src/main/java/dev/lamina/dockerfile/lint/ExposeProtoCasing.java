// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.Letters;

/** The protocol of a port is in lower case. */
final class ExposeProtoCasing extends DockerRule {

  ExposeProtoCasing() {
    super("Protocol in EXPOSE instruction should be lowercase", "expose-proto-casing");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      for (LintStatement statement : stage.statements()) {
        for (String port : ExposedWord.in(statement)) {
          String protocol = ExposedWord.parse(port).protocol();
          if (!protocol.equals(Letters.lower(protocol))) {
            findings.report(
                statement,
                "Defined protocol '" + port + "' in EXPOSE instruction should be lowercase");
          }
        }
      }
    }
  }
}
