// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.expand.WordExpander;
import java.util.Set;

/** No {@code --platform} asks for what is built anyway. */
final class RedundantTargetPlatform extends DockerRule {

  RedundantTargetPlatform() {
    super(
        "Setting platform to predefined $TARGETPLATFORM in FROM is redundant"
            + " as this is the default behavior",
        "redundant-target-platform");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      if (stage.platformWord().isPresent() && isTarget(stage.platformWord().get(), subject)) {
        findings.report(
            stage.header(),
            "Setting platform to predefined "
                + stage.stage().from().platform().orElse("")
                + " in FROM is redundant as this is the default behavior");
      }
    }
  }

  private static boolean isTarget(WordExpander.Expanded word, LintSubject subject) {
    return word.used().equals(Set.of("TARGETPLATFORM"))
        && word.unset().isEmpty()
        && word.text().equals(subject.globalArguments().get("TARGETPLATFORM"));
  }
}
