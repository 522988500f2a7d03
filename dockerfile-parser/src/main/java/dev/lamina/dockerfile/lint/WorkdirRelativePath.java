// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Workdir;
import dev.lamina.dockerfile.text.GoQuote;
import java.util.HashSet;
import java.util.Set;

/** The first WORKDIR of a stage and those it is built from is absolute. */
final class WorkdirRelativePath extends DockerRule {

  WorkdirRelativePath() {
    super(
        "Relative workdir without an absolute workdir declared within the build can have"
            + " unexpected results if the base image changes",
        "workdir-relative-path");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    Set<LintStage> settled = new HashSet<>();
    for (LintStage stage : subject.stages()) {
      boolean known = stage.base().isPresent() && settled.contains(stage.base().get());
      for (LintStatement statement : stage.statements()) {
        if (statement.instruction() instanceof Workdir workdir) {
          if (!known && !isAbsolute(workdir.path(), stage.platform())) {
            findings.report(
                statement,
                "Relative workdir "
                    + GoQuote.quote(workdir.path())
                    + " can have unexpected results if the base image changes");
          }
          known = true;
        }
      }
      if (known) {
        settled.add(stage);
      }
    }
  }

  private static boolean isAbsolute(String path, String platform) {
    if (!platform.startsWith("windows")) {
      return path.startsWith("/");
    }
    String slashed = path.replace('\\', '/');
    return slashed.startsWith("/") || slashed.startsWith("C:/") || slashed.startsWith("c:/");
  }
}
