// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile;

import java.util.Map;

/** The arguments that every Dockerfile has, for a build on and for {@code linux/amd64}. */
final class PredefinedArguments {

  static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("BUILDPLATFORM", "linux/amd64"),
          Map.entry("BUILDOS", "linux"),
          Map.entry("BUILDOSVERSION", ""),
          Map.entry("BUILDARCH", "amd64"),
          Map.entry("BUILDVARIANT", ""),
          Map.entry("TARGETPLATFORM", "linux/amd64"),
          Map.entry("TARGETOS", "linux"),
          Map.entry("TARGETOSVERSION", ""),
          Map.entry("TARGETARCH", "amd64"),
          Map.entry("TARGETVARIANT", ""),
          Map.entry("TARGETSTAGE", "default"));

  private PredefinedArguments() {}
}
