// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Directive;
import dev.lamina.dockerfile.lint.BaseImage;
import dev.lamina.dockerfile.lint.Finding;
import dev.lamina.dockerfile.lint.LintReport;
import dev.lamina.dockerfile.lint.Linter;
import dev.lamina.event.BuildEvent;
import dev.lamina.oci.EnvVariable;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules of {@code docker build --check} say of a Dockerfile that is built. As in Docker,
 * {@code # check=} and the build argument {@code BUILDKIT_DOCKERFILE_CHECK} say which rules hold
 * and whether a finding stops the build.
 */
final class PlanLint {
  private static final String CHECK = "BUILDKIT_DOCKERFILE_CHECK";

  private PlanLint() {}

  /**
   * Returns what was found.
   *
   * @param stages the stages that are built, for what is known of their base images
   * @param context asked for its rules if a rule that is off by default may want them
   * @throws BuildException if the options are malformed, or if a finding is to stop the build
   */
  static List<BuildEvent.Warning> check(
      BuildRequest request, Collection<PlannedStage> stages, BuildContext context)
      throws IOException, InterruptedException {
    Map<String, BaseImage> images = images(stages);
    Optional<String> options = options(request);
    Linter linter =
        withOptions(options)
            .withBuildArgs(request.arguments())
            .withPlatform(request.platform().orElse(Platform.host()).toString())
            .withBaseImages((name, platform) -> Optional.ofNullable(images.get(name)));
    if (options.filter(text -> text.contains("experimental")).isPresent()) {
      linter = linter.withIgnore(context.ignore());
    }
    if (request.target().isPresent()) {
      linter = linter.withTarget(request.target().get());
    }
    LintReport report = linter.lint(request.dockerfile());
    if (report.violation().isPresent()) {
      throw new BuildException(report.violation().get());
    }
    return report.findings().stream().map(PlanLint::warning).toList();
  }

  private static BuildEvent.Warning warning(Finding finding) {
    return new BuildEvent.Warning(finding.rule(), finding.message(), finding.line());
  }

  private static Optional<String> options(BuildRequest request) {
    return Optional.ofNullable(request.arguments().get(CHECK))
        .or(
            () ->
                Directive.detect("check", request.dockerfile().source())
                    .map(found -> found.value().split(" ", 2)[0]));
  }

  /** Reads the options here, where a malformed one is an error of the build. */
  private static Linter withOptions(Optional<String> options) throws BuildException {
    try {
      return options.isPresent() ? Linter.standard().withCheck(options.get()) : Linter.standard();
    } catch (IllegalArgumentException e) {
      throw new BuildException("failed to parse check options: " + e.getMessage(), e);
    }
  }

  private static Map<String, BaseImage> images(Collection<PlannedStage> stages) {
    Map<String, BaseImage> images = new HashMap<>();
    for (PlannedStage stage : stages) {
      if (stage.base() instanceof StageBase.Image image) {
        images.put(stage.from(), known(image.image().config()));
      }
    }
    return images;
  }

  private static BaseImage known(ImageConfig image) {
    Map<String, String> environment = new HashMap<>();
    for (EnvVariable variable : EnvVariable.parseAll(image.config().env())) {
      environment.put(variable.name(), variable.value());
    }
    return new BaseImage(
        environment,
        !image.config().shell().isEmpty(),
        image.config().onBuild(),
        Optional.of(image.platform().toString()).filter(platform -> !platform.isEmpty()));
  }
}
