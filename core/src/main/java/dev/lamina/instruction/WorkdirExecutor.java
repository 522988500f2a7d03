// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.Workdir;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.InstructionExecutor;
import dev.lamina.spi.StepContext;
import java.util.Optional;

/**
 * WORKDIR sets the working directory and makes it, with those above it, for the current user. An
 * absolute path is kept as it was written; a relative one is taken from the directory before.
 */
final class WorkdirExecutor implements InstructionExecutor<Workdir> {
  @Override
  public void plan(Workdir workdir, StepContext step) {
    String path = path(step.config().workingDir(), workdir.path());
    step.config(step.config().withWorkingDir(path));
    if (path.equals("/")) {
      step.history("WORKDIR /");
      return;
    }
    String user = step.config().user();
    Optional<OwnerSpec> owner =
        user.isEmpty() ? Optional.empty() : Optional.of(OwnerSpec.parse(user));
    step.layer("WORKDIR " + path, new WorkdirWork(path, owner));
  }

  private static String path(String current, String path) {
    if (path.startsWith("/")) {
      return path;
    }
    String from = current.startsWith("/") ? current : "/" + current;
    return path.isEmpty() ? from : SlashPath.join(from, path);
  }
}
