// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.text.Letters;
import java.util.List;
import java.util.stream.Stream;

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
    List<Statement> all =
        subject.writtenStages().stream()
            .flatMap(stage -> Stream.concat(Stream.of(stage.header()), stage.statements().stream()))
            .toList();
    long lower = all.stream().map(Statement::keyword).filter(this::isLower).count();
    long upper = all.stream().map(Statement::keyword).filter(this::isUpper).count();
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

  private boolean isLower(String keyword) {
    return keyword.equals(Letters.lower(keyword));
  }

  private boolean isUpper(String keyword) {
    return keyword.equals(Letters.upper(keyword));
  }
}
