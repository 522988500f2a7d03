// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.SourceRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes what one rule reports and drops what the Dockerfile or the user does not want to hear.
 *
 * <p>{@code # check=skip=…} at the head of the file counts for all, right above an instruction for
 * what is reported of that instruction.
 */
public final class Findings {

  // The comparators Java makes are in no archive of classes: each is put together in each JVM.
  static final Comparator<Finding> BY_LINE = (a, b) -> Integer.compare(a.line(), b.line());

  private final LintRule rule;
  private final Severity severity;
  private final CheckOptions options;
  private final List<Finding> found = new ArrayList<>();

  Findings(LintRule rule, Severity severity, CheckOptions options) {
    this.rule = rule;
    this.severity = severity;
    this.options = options;
  }

  /** Reports a statement. */
  public void report(LintStatement statement, String message) {
    report(statement, statement.range(), message);
  }

  /**
   * Reports a place because of a statement, whose comments decide whether that is wanted.
   *
   * @param statement the statement that makes the place wrong
   * @param range the place
   */
  public void report(LintStatement statement, SourceRange range, String message) {
    if (options.mergedFromComments(statement.comments()).allows(rule)) {
      add(range, message);
    }
  }

  /** Reports a place for what the file as a whole is like: comments above do not count. */
  public void reportOfFile(SourceRange range, String message) {
    if (options.allows(rule)) {
      add(range, message);
    }
  }

  private void add(SourceRange range, String message) {
    found.add(new Finding(rule.name(), rule.description(), rule.url(), severity, message, range));
  }

  List<Finding> found() {
    return found;
  }
}
