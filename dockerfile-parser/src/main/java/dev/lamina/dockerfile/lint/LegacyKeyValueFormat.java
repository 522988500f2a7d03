// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Env;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.KeyValue;
import dev.lamina.dockerfile.Label;
import java.util.List;

/** ENV and LABEL are written with an equals sign. */
final class LegacyKeyValueFormat extends DockerRule {

  LegacyKeyValueFormat() {
    super(
        "Legacy key/value format with whitespace separator should not be used",
        "legacy-key-value-format");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      for (LintStatement statement : stage.statements()) {
        for (KeyValue pair : pairs(statement.written())) {
          if (pair.legacy()) {
            String keyword = statement.keyword();
            findings.report(
                statement,
                '"'
                    + keyword
                    + " key=value\" should be used instead of legacy \""
                    + keyword
                    + " key value\" format");
          }
        }
      }
    }
  }

  private static List<KeyValue> pairs(Instruction instruction) {
    if (instruction instanceof Env env) {
      return env.variables();
    }
    return instruction instanceof Label label ? label.labels() : List.of();
  }
}
