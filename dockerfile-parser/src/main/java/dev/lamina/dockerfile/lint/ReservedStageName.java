// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.text.GoQuote;

/** No stage is called {@code context} or {@code scratch}. */
final class ReservedStageName extends DockerRule {

  ReservedStageName() {
    super("Reserved words should not be used as stage names", "reserved-stage-name");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (Stage stage : subject.writtenStages()) {
      String name = stage.name().orElse("");
      if (name.equals("context") || name.equals("scratch")) {
        findings.reportOfFile(
            stage.header().range(),
            "Stage name should not use the same name as reserved stage " + GoQuote.quote(name));
      }
    }
  }
}
