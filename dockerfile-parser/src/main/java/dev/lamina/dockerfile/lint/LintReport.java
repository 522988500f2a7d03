// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.DockerfileSyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a linter found in a Dockerfile.
 *
 * @param findings the findings, by line
 * @param error why the file could not be checked to its end, if so
 * @param failing whether the file asks that a finding be an error: {@code # check=error=true}
 */
public record LintReport(
    List<Finding> findings, Optional<DockerfileSyntaxException> error, boolean failing) {

  public LintReport {
    findings = List.copyOf(findings);
  }

  /** Returns whether there is nothing to say. */
  public boolean isClean() {
    return findings.isEmpty() && error.isEmpty();
  }

  /** Returns whether a build should stop: there is an error, or a finding that counts as one. */
  public boolean hasErrors() {
    return error.isPresent()
        || violation().isPresent()
        || findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** Returns what Docker says of a file that asks for findings to be errors, if there are any. */
  public Optional<String> violation() {
    if (!failing || findings.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "lint violation found for rules: "
            + findings.stream()
                .map(Finding::rule)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", ")));
  }
}
