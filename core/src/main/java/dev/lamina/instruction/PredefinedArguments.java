// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

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
   * Returns the proxies among the given arguments as a process gets them: each in both letter
   * cases, whichever it was given in.
   */
  static Map<String, String> proxies(Map<String, String> given) {
    Map<String, String> proxies = new TreeMap<>();
    for (Map.Entry<String, String> argument : new TreeMap<>(given).entrySet()) {
      String upper = argument.getKey().toUpperCase(Locale.ROOT);
      if (PROXIES.contains(upper)) {
        proxies.put(upper, argument.getValue());
        proxies.put(upper.toLowerCase(Locale.ROOT), argument.getValue());
      }
    }
    return proxies;
  }
}
