// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.dockerfile.Env;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.KeyValue;
import dev.lamina.dockerfile.text.GoQuote;
import java.util.List;

/** No ARG or ENV has the name of a secret. */
final class SecretsUsedInArgOrEnv extends DockerRule {

  private static final List<String> SECRET =
      List.of(
          "apikey",
          "auth",
          "credential",
          "credentials",
          "key",
          "password",
          "pword",
          "passwd",
          "secret",
          "token");
  private static final List<String> HARMLESS = List.of("public", "file", "version");

  SecretsUsedInArgOrEnv() {
    super(
        "Sensitive data should not be used in the ARG or ENV commands",
        "secrets-used-in-arg-or-env");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      for (LintStatement statement : stage.statements()) {
        for (String name : names(statement.instruction())) {
          if (hasWord(name, SECRET) && !hasWord(name, HARMLESS)) {
            findings.report(
                statement,
                "Do not use ARG or ENV instructions for sensitive data ("
                    + statement.instruction().keyword()
                    + " "
                    + GoQuote.quote(name)
                    + ")");
          }
        }
      }
    }
  }

  private static List<String> names(Instruction instruction) {
    if (instruction instanceof Arg arg) {
      return arg.arguments().stream().map(ArgDefinition::name).toList();
    }
    return instruction instanceof Env env
        ? env.variables().stream().map(KeyValue::key).toList()
        : List.of();
  }

  private static boolean hasWord(String name, List<String> words) {
    for (String part : name.split("_", -1)) {
      for (String word : words) {
        if (part.equalsIgnoreCase(word)) {
          return true;
        }
      }
    }
    return false;
  }
}
