// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.dockerfile.ignore.PatternException;
import dev.lamina.path.PathFilter;
import dev.lamina.path.PatternFilter;
import dev.lamina.spi.StepException;
import java.util.List;

/** The patterns of {@code --parents} and {@code --exclude}. */
final class PatternFilters {
  private PatternFilters() {}

  static PathFilter excluding(List<String> excludes) throws StepException {
    return of(List.of(), excludes);
  }

  static PathFilter of(List<String> includes, List<String> excludes) throws StepException {
    try {
      return PatternFilter.of(includes, excludes);
    } catch (PatternException e) {
      throw new StepException(e.problem(), e);
    }
  }
}
