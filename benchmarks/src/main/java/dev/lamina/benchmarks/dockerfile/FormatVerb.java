// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileEditor;
import dev.lamina.dockerfile.Expose;
import dev.lamina.dockerfile.OnBuild;
import dev.lamina.dockerfile.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code format FILE}: prints the file with instructions that take one line as {@code
 * DockerfileWriter} writes them and all keywords in upper case; the rest stays as it is.
 */
final class FormatVerb {

  private FormatVerb() {}

  static void run(List<String> arguments, Console console) throws IOException {
    Dockerfile file = Source.file(Path.of(arguments.get(0)));
    DockerfileEditor edit = file.edit();
    for (Statement statement : file.statements()) {
      if (isOneLine(statement)) {
        edit = edit.replace(statement, statement.instruction());
      }
    }
    console.out().write(Dockerfile.parse(withUpperKeywords(edit.dockerfile())).edit().bytes());
  }

  private static String withUpperKeywords(Dockerfile file) {
    StringBuilder text = new StringBuilder(file.source());
    for (Statement statement : file.statements()) {
      String keyword = statement.instruction().keyword();
      int start = statement.range().startOffset();
      text.replace(start, start + keyword.length(), keyword);
    }
    return text.toString();
  }

  /** The ports of an EXPOSE and the words of a trigger have an order that a record loses. */
  private static boolean isOneLine(Statement statement) {
    boolean kept =
        statement.instruction() instanceof Expose || statement.instruction() instanceof OnBuild;
    return !kept && statement.range().startLine() == statement.range().endLine();
  }
}
