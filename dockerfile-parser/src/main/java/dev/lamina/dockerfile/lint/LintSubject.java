// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.ignore.Dockerignore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Dockerfile as rules see it: its statements, and its stages as a build would run them.
 *
 * <p>Where a file is wrong, there is only what comes before: rules need not care.
 *
 * @param dockerfile the file, as far as it could be read
 * @param statements the file's statements in order, as they are written
 * @param stages the stages; none if a FROM is wrong
 * @param globalArguments the arguments that FROM sees, in the order in which they were set
 * @param defaultArguments the same if no build arguments are given; empty if that is an error
 * @param ignore what the build context leaves out
 * @param complete whether all of the file could be read
 */
public record LintSubject(
    Dockerfile dockerfile,
    List<LintStatement> statements,
    List<LintStage> stages,
    Map<String, String> globalArguments,
    Optional<Map<String, String>> defaultArguments,
    Dockerignore ignore,
    boolean complete) {

  public LintSubject {
    statements = List.copyOf(statements);
    stages = List.copyOf(stages);
  }

  /**
   * Returns the stages as they are written, whether or not they could be built; none if the file
   * could not be read to its end.
   */
  public List<Stage> writtenStages() {
    return complete ? dockerfile.stages() : List.of();
  }
}
