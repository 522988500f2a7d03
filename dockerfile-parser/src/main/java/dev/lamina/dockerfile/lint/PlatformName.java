// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.text.GoQuote;
import dev.lamina.dockerfile.text.Letters;
import java.util.Set;

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

  private static final Set<String> SYSTEMS =
      Set.of(
          "aix",
          "android",
          "darwin",
          "dragonfly",
          "freebsd",
          "hurd",
          "illumos",
          "ios",
          "js",
          "linux",
          "nacl",
          "netbsd",
          "openbsd",
          "plan9",
          "solaris",
          "windows",
          "zos");

  private static final Set<String> ARCHITECTURES =
      Set.of(
          "386",
          "amd64",
          "amd64p32",
          "arm",
          "armbe",
          "arm64",
          "arm64be",
          "ppc64",
          "ppc64le",
          "loong64",
          "mips",
          "mipsle",
          "mips64",
          "mips64le",
          "mips64p32",
          "mips64p32le",
          "ppc",
          "riscv",
          "riscv64",
          "s390",
          "s390x",
          "sparc",
          "sparc64",
          "wasm");

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
    boolean optionsFit = open < 0 || (options.endsWith(")") && isName(inner(options), "_.-%+"));
    if (os.isEmpty() || !isName(os, "_-") || !optionsFit) {
      throw invalid(
          GoQuote.quote(parts[0])
              + " is an invalid OS component of "
              + GoQuote.quote(text)
              + ": OSAndVersion specifier component must match an OS name and optional version");
    }
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].isEmpty() || !isName(parts[i], "_.-")) {
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
    String system = Letters.lower(os).replace("macos", "darwin");
    if (parts.length > 1) {
      return of(system, inner(options), parts[1], parts.length > 2 ? parts[2] : "");
    }
    if (SYSTEMS.contains(system)) {
      return of(system, inner(options), "amd64", "");
    }
    PlatformName platform = of("linux", "", parts[0], "");
    if (!ARCHITECTURES.contains(platform.architecture())) {
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

  private static boolean isName(String text, String marks) {
    return text.chars()
        .allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || marks.indexOf(c) >= 0));
  }

  private static PlatformName of(String os, String version, String architecture, String variant) {
    String arch = Letters.lower(architecture);
    String kind = Letters.lower(variant);
    return switch (arch) {
      case "i386" -> new PlatformName(os, version, "386", "");
      case "x86_64", "x86-64", "amd64" ->
          new PlatformName(os, version, "amd64", kind.equals("v1") ? "" : kind);
      case "aarch64", "arm64" ->
          new PlatformName(
              os, version, "arm64", Set.of("8", "v8", "v8.0").contains(kind) ? "" : kind);
      case "armhf" -> new PlatformName(os, version, "arm", "v7");
      case "armel" -> new PlatformName(os, version, "arm", "v6");
      case "arm" ->
          new PlatformName(
              os, version, "arm", Set.of("5", "6", "7", "8").contains(kind) ? "v" + kind : kind);
      default -> new PlatformName(os, version, arch, kind);
    };
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
