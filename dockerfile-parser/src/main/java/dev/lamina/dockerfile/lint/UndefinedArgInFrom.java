// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.dockerfile.text.Suggestion;
import java.util.LinkedHashSet;
import java.util.Set;

/** FROM asks for no argument that is not declared above all stages. */
final class UndefinedArgInFrom extends DockerRule {

  UndefinedArgInFrom() {
    super("FROM command must use declared ARGs", "undefined-arg-in-from");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    Set<String> declared = new LinkedHashSet<>(subject.globalArguments().keySet());
    for (Statement statement : subject.dockerfile().globalArgs()) {
      if (statement.instruction() instanceof Arg arg) {
        for (ArgDefinition argument : arg.arguments()) {
          declared.add(argument.name());
        }
      }
    }
    for (LintStage stage : subject.stages()) {
      report(stage, stage.imageWord(), declared, findings);
      if (stage.platformWord().isPresent()) {
        report(stage, stage.platformWord().get(), declared, findings);
      }
    }
  }

  private static void report(
      LintStage stage, WordExpander.Expanded word, Set<String> declared, Findings findings) {
    for (String name : word.unset()) {
      if (!declared.contains(name)) {
        findings.report(
            stage.header(),
            "FROM argument '" + name + "' is not declared" + Suggestion.of(name, declared));
      }
    }
  }
}
