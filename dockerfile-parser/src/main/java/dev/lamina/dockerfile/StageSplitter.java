// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Takes the statements of a file and tells its global arguments and its stages apart. */
final class StageSplitter {

  private final List<Statement> statements = new ArrayList<>();
  private final List<Statement> globalArgs = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private int start = -1;

  void add(Statement statement) {
    if (statement.instruction() instanceof From) {
      closeStage();
      start = statements.size();
    } else if (start < 0 && statement.instruction() instanceof Arg) {
      globalArgs.add(statement);
    }
    statements.add(statement);
  }

  private void closeStage() {
    if (start >= 0 && statements.get(start).instruction() instanceof From from) {
      List<Statement> body = statements.subList(start + 1, statements.size());
      stages.add(new Stage(stages.size(), from, statements.get(start), body));
      start = statements.size();
    }
  }

  /** Returns all statements, in order. */
  List<Statement> statements() {
    return List.copyOf(statements);
  }

  List<Statement> globalArgs() {
    return List.copyOf(globalArgs);
  }

  /** Returns the stages; the last ends here. */
  List<Stage> stages() {
    closeStage();
    return List.copyOf(stages);
  }
}
