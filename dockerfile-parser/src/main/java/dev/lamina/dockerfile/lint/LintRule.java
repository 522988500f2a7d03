// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import java.util.Optional;

/**
 * One thing that a Dockerfile should or should not do.
 *
 * <pre>{@code
 * final class NoLatestTag implements LintRule {
 *   public String name() { return "NoLatestTag"; }
 *   public String description() { return "Base images should be pinned"; }
 *   public void check(LintSubject subject, Findings findings) {
 *     for (LintStage stage : subject.stages()) {
 *       if (stage.image().endsWith(":latest")) {
 *         findings.report(stage.header(), stage.image() + " is not pinned");
 *       }
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>A rule keeps no state between two calls and may be called by several threads.
 */
public interface LintRule {

  /** Returns the name by which the rule is skipped and its severity set: {@code CamelCase}. */
  String name();

  /** Returns in one sentence what the rule asks for. */
  String description();

  /** Returns the address of a page that says more. */
  default Optional<String> url() {
    return Optional.empty();
  }

  /** Returns how bad its findings are, unless the linter is told otherwise. */
  default Severity severity() {
    return Severity.WARNING;
  }

  /** Returns whether the rule is applied only where a Dockerfile or a user asks for it by name. */
  default boolean isExperimental() {
    return false;
  }

  /** Looks at a Dockerfile and reports what is wrong, in any order. */
  void check(LintSubject subject, Findings findings);
}
