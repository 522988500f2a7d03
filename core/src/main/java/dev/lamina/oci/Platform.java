// SPDX-License-Identifier: Apache-2.0
package dev.lamina.oci;

import com.google.gson.JsonObject;
import dev.lamina.dockerfile.PlatformNames;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.JsonMembers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an image runs on, in Go's names for systems and architectures. Values from {@link #parse}
 * and {@link #host} are normalised as containerd does it ({@code x86_64} is {@code amd64}, {@code
 * aarch64} is {@code arm64}); values read from a document are as written there.
 *
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param variant of the architecture, such as {@code v7} of {@code arm}
 * @param osVersion such as {@code 10.0.17763.1}; Windows only, in practice
 * @param osFeatures such as {@code win32k}
 */
public record Platform(
    String os,
    String architecture,
    Optional<String> variant,
    Optional<String> osVersion,
    List<String> osFeatures) {
  private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern OS =
      Pattern.compile("([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?");

  /** Copies the features. */
  public Platform {
    osFeatures = List.copyOf(osFeatures);
  }

  /** Returns a platform without variant, version and features, as it is given. */
  public static Platform of(String os, String architecture) {
    return new Platform(os, architecture, Optional.empty(), Optional.empty(), List.of());
  }

  /** Returns {@code linux} on the architecture this JVM runs on. */
  public static Platform host() {
    String arch = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
    return of("linux", arch.equals("x86") ? "386" : arch).normalized();
  }

  /**
   * Parses {@code os}, {@code architecture}, {@code os/architecture} or {@code
   * os/architecture/variant}; what is missing is taken from {@link #host}. The system may be
   * followed by its version and features: {@code windows(10.0.17763+win32k)/amd64}.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static Platform parse(String text) {
    String[] parts = text.split("/", -1);
    Matcher os = OS.matcher(parts[0]);
    if (parts.length > 3 || !os.matches()) {
      throw invalid(text);
    }
    for (int i = 1; i < parts.length; i++) {
      if (!COMPONENT.matcher(parts[i]).matches()) {
        throw invalid(text);
      }
    }
    Optional<String> version = Optional.ofNullable(os.group(2)).filter(v -> !v.isEmpty());
    List<String> features =
        os.group(3) == null || os.group(3).isEmpty()
            ? List.of()
            : List.of(os.group(3).substring(1).split("\\+"));
    if (parts.length == 1) {
      return parseSingle(text, os.group(1), version, features);
    }
    Platform platform =
        new Platform(
                os.group(1),
                parts[1],
                parts.length == 3 ? Optional.of(parts[2]) : Optional.empty(),
                version,
                features)
            .normalized();
    if (parts.length == 2
        && platform.architecture.equals("arm")
        && platform.variant.equals(Optional.of("v7"))) {
      return platform.withVariant(Optional.empty());
    }
    if (parts.length == 3 && platform.architecture.equals("arm64") && platform.variant.isEmpty()) {
      return platform.withVariant(Optional.of("v8"));
    }
    return platform;
  }

  private static Platform parseSingle(
      String text, String word, Optional<String> version, List<String> features) {
    String os = PlatformNames.os(word);
    if (PlatformNames.isKnownOs(os)) {
      Platform host = host();
      return new Platform(os, host.architecture, host.variant, version, features);
    }
    Platform platform = of("linux", text).normalized();
    if (!PlatformNames.isKnownArchitecture(platform.architecture)) {
      throw new IllegalArgumentException(
          "platform: expected a known system or architecture, found \"" + text + '"');
    }
    return platform.architecture.equals("arm") && platform.variant.equals(Optional.of("v7"))
        ? platform.withVariant(Optional.empty())
        : platform;
  }

  /** Returns this with containerd's names for system, architecture and variant. */
  public Platform normalized() {
    String arch = PlatformNames.architecture(architecture);
    return new Platform(
        PlatformNames.os(os),
        arch,
        PlatformNames.variant(architecture, variant.orElse("")),
        osVersion,
        osFeatures.stream().sorted().distinct().toList());
  }

  /**
   * Tells whether an image's config names a platform this one runs, as Docker decides it: what is
   * older, what is 32 bits of the same, and a config that names no variant stands for any.
   */
  public boolean runs(Platform offered) {
    return PlatformMatcher.runs(this, offered);
  }

  /** Returns this with another variant. */
  public Platform withVariant(Optional<String> newVariant) {
    return new Platform(os, architecture, newVariant, osVersion, osFeatures);
  }

  /** Returns {@code os/architecture} or {@code os/architecture/variant}. */
  @Override
  public String toString() {
    return os + "/" + architecture + variant.map(v -> "/" + v).orElse("");
  }

  static Platform read(JsonFields fields) throws InvalidJsonException {
    return new Platform(
        fields.string("os").orElse(""),
        fields.string("architecture").orElse(""),
        fields.string("variant").filter(v -> !v.isEmpty()),
        fields.string("os.version").filter(v -> !v.isEmpty()),
        fields.strings("os.features"));
  }

  JsonObject write() {
    JsonMembers json = new JsonMembers();
    json.putAlways("architecture", architecture);
    json.putAlways("os", os);
    json.put("os.version", osVersion.orElse(""));
    json.put("os.features", osFeatures);
    json.put("variant", variant.orElse(""));
    return json.object();
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException(
        "platform: expected os[/architecture[/variant]], found \"" + text + '"');
  }
}
