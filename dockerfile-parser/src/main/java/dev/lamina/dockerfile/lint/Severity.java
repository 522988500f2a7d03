// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

/** How bad a finding is. */
public enum Severity {
  /** Worth knowing. */
  INFO,
  /** Should be changed: what Docker's own rules are. */
  WARNING,
  /** Must be changed: a build may refuse to go on. */
  ERROR
}
