// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Cmd;
import dev.lamina.dockerfile.CommandLine;
import dev.lamina.dockerfile.Entrypoint;
import dev.lamina.dockerfile.Instruction;
import dev.lamina.dockerfile.Shell;
import java.util.HashSet;
import java.util.Set;

/** CMD and ENTRYPOINT are in exec form, unless a shell was chosen on purpose. */
final class JSONArgsRecommended extends DockerRule {

  JSONArgsRecommended() {
    super(
        "JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior"
            + " related to OS signals",
        "json-args-recommended");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    Set<LintStage> withShell = new HashSet<>();
    for (LintStage stage : subject.stages()) {
      boolean shell =
          stage.baseImage().hasShell()
              || (stage.base().isPresent() && withShell.contains(stage.base().get()));
      for (LintStatement statement : stage.statements()) {
        shell |= statement.instruction() instanceof Shell;
        if (!shell && isShellForm(statement.instruction())) {
          findings.report(
              statement,
              "JSON arguments recommended for "
                  + statement.keyword()
                  + " to prevent unintended behavior related to OS signals");
        }
      }
      if (shell) {
        withShell.add(stage);
      }
    }
  }

  private static boolean isShellForm(Instruction instruction) {
    CommandLine command = null;
    if (instruction instanceof Cmd cmd) {
      command = cmd.command();
    } else if (instruction instanceof Entrypoint entrypoint) {
      command = entrypoint.command();
    }
    return command instanceof CommandLine.ShellForm;
  }
}
