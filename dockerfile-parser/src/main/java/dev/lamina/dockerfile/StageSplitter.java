// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Tells global arguments and stages apart. */
final class StageSplitter {

  private final List<Statement> globalArgs = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();

  StageSplitter(List<Statement> statements) {
    int start = -1;
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      if (statement.instruction() instanceof From) {
        close(statements, start, i);
        start = i;
      } else if (start < 0 && statement.instruction() instanceof Arg) {
        globalArgs.add(statement);
      }
    }
    close(statements, start, statements.size());
  }

  private void close(List<Statement> statements, int start, int end) {
    if (start >= 0 && statements.get(start).instruction() instanceof From from) {
      Statement header = statements.get(start);
      stages.add(new Stage(stages.size(), from, header, statements.subList(start + 1, end)));
    }
  }

  List<Statement> globalArgs() {
    return List.copyOf(globalArgs);
  }

  List<Stage> stages() {
    return List.copyOf(stages);
  }
}
