// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.path.PathFilter;
import dev.lamina.spi.StepException;
import java.util.List;

/** The patterns of --parents and --exclude. */
final class PatternFilter {
  private PatternFilter() {}

  static PathFilter excluding(List<String> excludes) throws StepException {
    return of(List.of(), excludes);
  }

  static PathFilter of(List<String> includes, List<String> excludes) throws StepException {
    if (includes.isEmpty() && excludes.isEmpty()) {
      return PathFilter.ALL;
    }
    throw new StepException("--parents and --exclude are not supported yet");
  }
}
