// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

/** EXPOSE names neither an address nor a port of the host. */
final class ExposeInvalidFormat extends DockerRule {

  ExposeInvalidFormat() {
    super(
        "IP address and host-port mapping should not be used in EXPOSE instruction."
            + " This will become an error in a future release",
        "expose-invalid-format");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    for (LintStage stage : subject.stages()) {
      for (LintStatement statement : stage.statements()) {
        for (String port : ExposedWord.in(statement)) {
          if (ExposedWord.parse(port).isMapped()) {
            findings.report(
                statement,
                "EXPOSE instruction should not define an IP address or host-port mapping,"
                    + " found '"
                    + port
                    + "'");
          }
        }
      }
    }
  }
}
