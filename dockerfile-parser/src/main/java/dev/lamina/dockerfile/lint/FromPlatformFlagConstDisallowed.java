// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.expand.WordExpander;
import dev.lamina.dockerfile.text.GoQuote;

/** A constant {@code --platform} shows in the name of the stage. */
final class FromPlatformFlagConstDisallowed extends DockerRule {

  FromPlatformFlagConstDisallowed() {
    super(
        "FROM --platform flag should not use a constant value",
        "from-platform-flag-const-disallowed");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      if (stage.platformWord().isEmpty() || !isConstant(stage.platformWord().get())) {
        continue;
      }
      String platform = stage.platformWord().get().text();
      if (!isNamedAfter(stage.stage().name().orElse(""), platform)) {
        findings.report(
            stage.header(),
            "FROM --platform flag should not use constant value " + GoQuote.quote(platform));
      }
    }
  }

  private static boolean isConstant(WordExpander.Expanded word) {
    return word.used().isEmpty() && word.unset().isEmpty();
  }

  private static boolean isNamedAfter(String stage, String platform) {
    try {
      PlatformName parsed = PlatformName.parse(platform);
      return stage.contains(parsed.os()) || stage.contains(parsed.architecture());
    } catch (IllegalArgumentException e) {
      return true; // not for this rule to say
    }
  }
}
