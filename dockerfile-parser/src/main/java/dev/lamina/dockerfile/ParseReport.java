// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.List;

/**
 * A Dockerfile as far as it could be read, and what is wrong with the rest.
 *
 * @param dockerfile what could be read
 * @param errors what is wrong, in the order of the text; none if the Dockerfile is good
 */
public record ParseReport(Dockerfile dockerfile, List<DockerfileSyntaxException> errors) {

  public ParseReport {
    errors = List.copyOf(errors);
  }
}
