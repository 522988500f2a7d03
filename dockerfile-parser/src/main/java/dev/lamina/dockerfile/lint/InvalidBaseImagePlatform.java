// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.GoQuote;

/** A base image is of the platform that is built for. */
final class InvalidBaseImagePlatform extends DockerRule {

  InvalidBaseImagePlatform() {
    super("Base image platform does not match expected target platform", "");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      if (stage.baseImage().platform().isEmpty()) {
        continue;
      }
      PlatformName expected = PlatformName.parse(stage.platform());
      PlatformName actual = PlatformName.parse(stage.baseImage().platform().get());
      if (!actual.isLike(expected)) {
        findings.reportOfFile(
            stage.header().range(),
            "Base image "
                + stage.image()
                + " was pulled with platform "
                + GoQuote.quote(actual.toString())
                + ", expected "
                + GoQuote.quote(expected.toString())
                + " for current build");
      }
    }
  }
}
