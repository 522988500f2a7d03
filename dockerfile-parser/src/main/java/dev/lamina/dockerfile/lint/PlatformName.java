// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.PlatformNames;
import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Letters;

/**
 * A platform as {@code --platform} takes it: {@code linux/arm/v7}, {@code amd64}, {@code
 * windows(10.0)/amd64}.
 *
 * @param os the operating system
 * @param version the operating system's version, or empty text
 * @param architecture the architecture
 * @param variant the architecture's variant, or empty text
 */
record PlatformName(String os, String version, String architecture, String variant) {
  /**
   * Reads a platform.
   *
   * @throws IllegalArgumentException with containerd's words if it is none
   */
  static PlatformName parse(String text) {
    if (text.contains("*")) {
      throw invalid(GoQuote.quote(text) + ": wildcards not yet supported");
    }
    String[] parts = text.split("/", 4);
    int open = parts[0].indexOf('(');
    String os = open < 0 ? parts[0] : parts[0].substring(0, open);
    String options = open < 0 ? "" : parts[0].substring(open);
    boolean optionsFit =
        open < 0 || (options.endsWith(")") && Letters.isAsciiWord(inner(options), "_.-%+"));
    if (os.isEmpty() || !Letters.isAsciiWord(os, "_-") || !optionsFit) {
      throw invalid(
          GoQuote.quote(parts[0])
              + " is an invalid OS component of "
              + GoQuote.quote(text)
              + ": OSAndVersion specifier component must match an OS name and optional version");
    }
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].isEmpty() || !Letters.isAsciiWord(parts[i], "_.-")) {
        throw invalid(
            GoQuote.quote(parts[i])
                + " is an invalid component of "
                + GoQuote.quote(text)
                + ": platform specifier component must match \"^[A-Za-z0-9_.-]+$\"");
      }
    }
    if (parts.length > 3) {
      throw invalid(GoQuote.quote(text) + ": cannot parse platform specifier");
    }
    String system = PlatformNames.os(os);
    if (parts.length > 1) {
      return of(system, inner(options), parts[1], parts.length > 2 ? parts[2] : "");
    }
    if (PlatformNames.isKnownOs(system)) {
      return of(system, inner(options), "amd64", "");
    }
    PlatformName platform = of("linux", "", parts[0], "");
    if (!PlatformNames.isKnownArchitecture(platform.architecture())) {
      throw invalid(GoQuote.quote(text) + ": unknown operating system or architecture");
    }
    return platform;
  }

  private static IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException(why + ": invalid argument");
  }

  private static String inner(String options) {
    return options.isEmpty() ? "" : options.substring(1, options.length() - 1);
  }

  private static PlatformName of(String os, String version, String architecture, String variant) {
    String arch = PlatformNames.architecture(architecture);
    String kind = PlatformNames.variant(architecture, variant).orElse("");
    if (variant.isEmpty() && arch.equals("arm") && kind.equals("v7")) {
      kind = ""; // goes without saying
    } else if (!variant.isEmpty() && arch.equals("arm64") && kind.isEmpty()) {
      kind = "v8"; // was said
    }
    return new PlatformName(os, version, arch, kind);
  }

  /** Returns whether two platforms have the same system and architecture. */
  boolean isLike(PlatformName other) {
    return os.equals(other.os) && architecture.equals(other.architecture);
  }

  @Override
  public String toString() {
    return os
        + (version.isEmpty() ? "" : "(" + version + ")")
        + "/"
        + architecture
        + (variant.isEmpty() ? "" : "/" + variant);
  }
}
