// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Stage;
import dev.lamina.dockerfile.expand.ExpansionException;
import dev.lamina.dockerfile.expand.WordExpander;
import java.util.Map;
import java.util.Optional;

/** FROM names an image even if no build arguments are given. */
final class InvalidDefaultArgInFrom extends DockerRule {

  InvalidDefaultArgInFrom() {
    super(
        "Default value for global ARG results in an empty or invalid base image name",
        "invalid-default-arg-in-from");
  }

  @Override
  public void check(LintSubject subject, Findings findings) {
    if (subject.defaultArguments().isEmpty()) {
      return;
    }
    Map<String, String> defaults = subject.defaultArguments().get();
    WordExpander words = WordExpander.withEscape(subject.dockerfile().escape());
    for (Stage stage : subject.writtenStages()) {
      String image = stage.from().image();
      try {
        String name = words.expand(image, word -> Optional.ofNullable(defaults.get(word)));
        if (ImageName.problem(name).isPresent()) {
          findings.reportOfFile(
              stage.header().range(),
              "Default value for ARG " + image + " results in empty or invalid base image name");
        }
      } catch (ExpansionException e) {
        return; // the walk reports it
      }
    }
  }
}
