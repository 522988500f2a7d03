// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.text.GoQuote;
import java.util.HashSet;
import java.util.Set;

/** No two stages have one name. */
final class DuplicateStageName extends DockerRule {

  DuplicateStageName() {
    super("Stage names should be unique", "duplicate-stage-name");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    Set<String> names = new HashSet<>();
    for (Stage stage : subject.writtenStages()) {
      if (stage.name().isPresent() && !names.add(stage.name().get())) {
        findings.reportOfFile(
            stage.header().range(),
            "Duplicate stage name "
                + GoQuote.quote(stage.name().get())
                + ", stage names should be unique");
      }
    }
  }
}
