// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.text.Letters;
import java.util.ArrayList;
import java.util.List;

/** All keywords from the first FROM on are in the letter case of most of them. */
final class ConsistentInstructionCasing extends DockerRule {

  ConsistentInstructionCasing() {
    super(
        "All commands within the Dockerfile should use the same casing"
            + " (either upper or lower)",
        "consistent-instruction-casing");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    List<Statement> all = new ArrayList<>();
    for (Stage stage : subject.writtenStages()) {
      all.add(stage.header());
      all.addAll(stage.statements());
    }
    int lower = 0;
    int upper = 0;
    for (Statement statement : all) {
      lower += isLower(statement.keyword()) ? 1 : 0;
      upper += isUpper(statement.keyword()) ? 1 : 0;
    }
    for (Statement statement : all) {
      String keyword = statement.keyword();
      if (lower > upper ? !isLower(keyword) : !isUpper(keyword)) {
        findings.reportOfFile(
            statement.range(),
            "Command '"
                + keyword
                + "' should match the case of the command majority ("
                + (lower > upper ? "lowercase" : "uppercase")
                + ")");
      }
    }
  }

  private static boolean isLower(String keyword) {
    return keyword.equals(Letters.lower(keyword));
  }

  private static boolean isUpper(String keyword) {
    return keyword.equals(Letters.upper(keyword));
  }
}
