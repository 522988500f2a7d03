// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.ignore.Dockerignore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a linter knows of the build.
 *
 * @param parser how the file is read
 * @param arguments the build arguments given
 * @param target the stage that is built; empty: all are looked at
 * @param platform the platform that is built for
 * @param ignore what the context leaves out
 * @param images what is known of base images
 */
record LintOptions(
    ParserOptions parser,
    Map<String, String> arguments,
    Optional<String> target,
    PlatformName platform,
    Dockerignore ignore,
    BaseImage.Source images) {

  static final LintOptions DEFAULT =
      new LintOptions(
          ParserOptions.defaults(),
          Map.of(),
          Optional.empty(),
          PlatformName.parse("linux/amd64"),
          Dockerignore.none(),
          (image, platform) -> Optional.empty());

  LintOptions withParser(ParserOptions other) {
    return new LintOptions(other, arguments, target, platform, ignore, images);
  }

  LintOptions withArguments(Map<String, String> others) {
    return new LintOptions(parser, Map.copyOf(others), target, platform, ignore, images);
  }

  LintOptions withTarget(String stage) {
    return new LintOptions(parser, arguments, Optional.of(stage), platform, ignore, images);
  }

  LintOptions withPlatform(PlatformName other) {
    return new LintOptions(parser, arguments, target, other, ignore, images);
  }

  LintOptions withIgnore(Dockerignore other) {
    return new LintOptions(parser, arguments, target, platform, other, images);
  }

  LintOptions withImages(BaseImage.Source source) {
    return new LintOptions(parser, arguments, target, platform, ignore, source);
  }

  /** The arguments that every Dockerfile has, for FROM and for an ARG without a default. */
  Map<String, String> predefined(String stage) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String prefix : new String[] {"BUILD", "TARGET"}) {
      values.put(prefix + "PLATFORM", platform.toString());
      values.put(prefix + "OS", platform.os());
      values.put(prefix + "OSVERSION", platform.version());
      values.put(prefix + "ARCH", platform.architecture());
      values.put(prefix + "VARIANT", platform.variant());
    }
    values.put("TARGETSTAGE", stage);
    values.replaceAll((name, value) -> arguments.getOrDefault(name, value));
    return values;
  }
}
