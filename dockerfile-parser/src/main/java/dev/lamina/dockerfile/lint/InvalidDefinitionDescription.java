// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Arg;
import dev.lamina.dockerfile.ArgDefinition;
import dev.lamina.dockerfile.From;
import dev.lamina.dockerfile.Instruction;
import java.util.List;

/** The comment right above an ARG or a named stage begins with its name. */
final class InvalidDefinitionDescription extends DockerRule {

  InvalidDefinitionDescription() {
    super(
        "Comment for build stage or argument should follow the format:"
            + " `# <arg/stage name> <description>`. If this is not intended to be a description"
            + " comment, add an empty line or comment between the instruction and the comment.",
        "invalid-definition-description");
  }

  @Override
  public boolean isExperimental() {
    return true;
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStatement statement : subject.statements()) {
      List<String> names = names(statement.written());
      List<String> comments = statement.comments();
      if (!names.isEmpty() && !comments.isEmpty()) {
        String comment = comments.get(comments.size() - 1);
        if (!names.contains(CheckOptions.firstWord(comment))) {
          findings.report(
              statement,
              "Comment for "
                  + statement.written().keyword()
                  + " should follow the format: `# "
                  + (names.size() == 1 ? names.get(0) : "<arg_key>")
                  + " <description>`");
        }
      }
    }
  }

  private static List<String> names(Instruction instruction) {
    if (instruction instanceof Arg arg) {
      return arg.arguments().stream().map(ArgDefinition::name).toList();
    }
    return instruction instanceof From from ? from.name().stream().toList() : List.of();
  }
}
