// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.Suggestion;

/**
 * An instruction asks for no variable that is not set above, declared above or set by the image.
 */
final class UndefinedVar extends DockerRule {

  UndefinedVar() {
    super("Variables should be defined before their use", "undefined-var");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      for (LintStatement statement : stage.statements()) {
        for (String name : statement.undefinedVariables()) {
          findings.report(
              statement,
              "Usage of undefined variable '$"
                  + name
                  + "'"
                  + Suggestion.of(name, statement.variableNames()).replace("mean ", "mean $"));
        }
      }
    }
  }
}
