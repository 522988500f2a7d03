// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.Letters;
import java.util.Optional;

/** {@code AS} is in the letter case of {@code FROM}, if that is in one. */
final class FromAsCasing extends DockerRule {

  FromAsCasing() {
    super("The 'as' keyword should match the case of the 'from' keyword", "from-as-casing");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStatement statement : subject.statements()) {
      Optional<FromLine> line = FromLine.of(statement);
      if (line.isPresent() && differs(line.get())) {
        findings.report(
            statement,
            "'"
                + line.get().as()
                + "' and '"
                + line.get().keyword()
                + "' keywords' casing do not match");
      }
    }
  }

  private static boolean differs(FromLine line) {
    String from = line.keyword();
    if (from.equals(Letters.lower(from))) {
      return !line.as().equals(Letters.lower(line.as()));
    }
    return from.equals(Letters.upper(from)) && !line.as().equals(Letters.upper(line.as()));
  }
}
