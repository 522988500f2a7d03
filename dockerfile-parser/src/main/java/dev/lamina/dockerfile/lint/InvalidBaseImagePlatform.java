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
      PlatformName expected = PlatformName.parse(stage.platform());
      stage
          .baseImage()
          .platform()
          .map(PlatformName::parse)
          .filter(actual -> !actual.isLike(expected))
          .ifPresent(
              actual ->
                  findings.reportOfFile(
                      stage.header().range(),
                      "Base image "
                          + stage.image()
                          + " was pulled with platform "
                          + GoQuote.quote(actual.toString())
                          + ", expected "
                          + GoQuote.quote(expected.toString())
                          + " for current build"));
    }
  }
}
