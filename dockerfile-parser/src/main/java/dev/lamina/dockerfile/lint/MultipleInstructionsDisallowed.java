// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A stage has one CMD, one ENTRYPOINT and one HEALTHCHECK: only the last counts. */
final class MultipleInstructionsDisallowed extends DockerRule {

  private static final Set<String> COUNTED = Set.of("CMD", "ENTRYPOINT", "HEALTHCHECK");

  MultipleInstructionsDisallowed() {
    super(
        "Multiple instructions of the same type should not be used in the same stage",
        "multiple-instructions-disallowed");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      Map<String, LintStatement> latest = new HashMap<>();
      for (LintStatement statement : stage.statements()) {
        if (COUNTED.contains(statement.instruction().keyword())) {
          LintStatement previous = latest.put(statement.instruction().keyword(), statement);
          if (previous != null) {
            findings.report(
                statement,
                previous.range(),
                "Multiple "
                    + statement.keyword()
                    + " instructions should not be used in the same stage"
                    + " because only the last one will be used");
          }
        }
      }
    }
  }
}
