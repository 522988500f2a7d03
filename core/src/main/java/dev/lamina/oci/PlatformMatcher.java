// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which platforms run what, in containerd's order of preference. */
final class PlatformMatcher {
  private static final String UNKNOWN = "unknown";

  private PlatformMatcher() {}

  static Optional<Descriptor> best(Platform wanted, List<Descriptor> manifests) {
    for (Platform candidate : candidates(wanted.normalized())) {
      Optional<Descriptor> found =
          manifests.stream()
              .filter(
                  manifest -> manifest.platform().filter(p -> matches(candidate, p)).isPresent())
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Tells whether an image whose config names a platform runs on another. */
  static boolean runs(Platform wanted, Platform offered) {
    Platform normal = wanted.normalized();
    boolean anyVariant =
        offered.variant().isEmpty()
            && normal.os().equals(offered.normalized().os())
            && normal.architecture().equals(offered.normalized().architecture());
    return anyVariant
        || candidates(normal).stream().anyMatch(candidate -> matches(candidate, offered));
  }

  private static boolean matches(Platform wanted, Platform offered) {
    Platform normal = offered.normalized();
    return !offered.os().equals(UNKNOWN)
        && wanted.os().equals(normal.os())
        && wanted.architecture().equals(normal.architecture())
        && wanted.variant().equals(normal.variant())
        && wanted.osFeatures().containsAll(normal.osFeatures());
  }

  /** What {@code platform} runs, best first. */
  static List<Platform> candidates(Platform platform) {
    List<Platform> list = new ArrayList<>();
    switch (platform.architecture()) {
      case "amd64" -> {
        list.add(platform);
        addLower(list, platform, 1);
        list.add(with(platform, "386", ""));
      }
      case "arm" -> {
        list.add(platform);
        addLower(list, platform, 5);
      }
      case "arm64" -> addArm64(list, platform);
      default -> list.add(platform);
    }
    return list;
  }

  private static void addLower(List<Platform> list, Platform platform, int lowest) {
    String variant = platform.variant().orElse("");
    if (!variant.matches("v[0-9]{1,2}")) {
      return;
    }
    for (int v = Integer.parseInt(variant.substring(1)) - 1; v >= lowest; v--) {
      list.add(with(platform, platform.architecture(), "v" + v).normalized());
    }
  }

  private static void addArm64(List<Platform> list, Platform platform) {
    String variant = platform.variant().orElse("v8");
    if (!variant.matches("v[89](\\.[0-9])?")) {
      list.add(platform);
      return;
    }
    int minor = variant.length() > 2 ? variant.charAt(3) - '0' : 0;
    int eight = minor;
    if (variant.startsWith("v9")) {
      addArm64Minors(list, platform, 9, Math.min(minor, 7));
      eight = Math.min(minor + 5, 9);
    }
    addArm64Minors(list, platform, 8, eight);
    Platform arm = with(platform, "arm", "v8");
    list.add(arm);
    addLower(list, arm, 5);
  }

  private static void addArm64Minors(
      List<Platform> list, Platform platform, int major, int highest) {
    for (int minor = highest; minor >= 0; minor--) {
      String variant = "v" + major + (minor == 0 ? "" : "." + minor);
      list.add(with(platform, "arm64", variant).normalized());
    }
  }

  private static Platform with(Platform platform, String architecture, String variant) {
    return new Platform(
        platform.os(),
        architecture,
        variant.isEmpty() ? Optional.empty() : Optional.of(variant),
        platform.osVersion(),
        platform.osFeatures());
  }
}
