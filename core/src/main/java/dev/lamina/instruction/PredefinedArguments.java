// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.spi.StepContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The build arguments that mean something without being declared. */
final class PredefinedArguments {
  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY");
  private static final Set<String> HIDDEN =
      Set.of("BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE");

  private PredefinedArguments() {}

  /** Tells whether an argument tells the builder something and is no variable even if declared. */
  static boolean isHidden(String name) {
    return HIDDEN.contains(name);
  }

  /**
   * Returns the proxies among the arguments that were given, as a process gets them: each in both
   * letter cases, whichever it was given in. An empty one is none, as in BuildKit.
   */
  static Map<String, String> proxies(StepContext step) {
    Map<String, String> proxies = new TreeMap<>();
    for (String upper : PROXIES) {
      String lower = upper.toLowerCase(Locale.ROOT);
      step.givenArgument(lower)
          .or(() -> step.givenArgument(upper))
          .filter(value -> !value.isEmpty())
          .ifPresent(
              value -> {
                proxies.put(upper, value);
                proxies.put(lower, value);
              });
    }
    return proxies;
  }
}
