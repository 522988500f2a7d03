// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The names of systems and architectures, and what else they are called, as containerd has them for
 * {@code --platform}.
 */
public final class PlatformNames {
  private static final Set<String> KNOWN_OS =
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
  private static final Set<String> KNOWN_ARCHITECTURES =
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

  private PlatformNames() {}

  /** Returns whether Go knows a system of that name. */
  public static boolean isKnownOs(String os) {
    return KNOWN_OS.contains(os);
  }

  /** Returns whether Go knows an architecture of that name. */
  public static boolean isKnownArchitecture(String architecture) {
    return KNOWN_ARCHITECTURES.contains(architecture);
  }

  /** Returns the usual name of a system: {@code darwin} for {@code macOS}; "" is Linux. */
  public static String os(String os) {
    String lower = os.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "" -> "linux";
      case "macos" -> "darwin";
      default -> lower;
    };
  }

  /** Returns the usual name of an architecture: {@code amd64} for {@code x86_64}. */
  public static String architecture(String architecture) {
    String lower = architecture.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "i386" -> "386";
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armhf", "armel" -> "arm";
      default -> lower;
    };
  }

  /**
   * Returns the usual name of a variant.
   *
   * @param architecture as it was written, since {@code armhf} tells a variant too
   * @param variant as it was written, or ""
   * @return empty if it is the one that goes without saying
   */
  public static Optional<String> variant(String architecture, String variant) {
    String lower = variant.toLowerCase(Locale.ROOT);
    String normal =
        switch (architecture.toLowerCase(Locale.ROOT)) {
          case "i386" -> "";
          case "x86_64", "x86-64", "amd64" -> lower.equals("v1") ? "" : lower;
          case "aarch64", "arm64" ->
              switch (lower) {
                case "8", "v8", "v8.0" -> "";
                case "9", "9.0", "v9.0" -> "v9";
                default -> lower;
              };
          case "armhf" -> "v7";
          case "armel" -> "v6";
          case "arm" ->
              switch (lower) {
                case "", "7" -> "v7";
                case "5", "6", "8" -> "v" + lower;
                default -> lower;
              };
          default -> lower;
        };
    return normal.isEmpty() ? Optional.empty() : Optional.of(normal);
  }
}
