// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Directive;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.ignore.Dockerignore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks Dockerfiles by the rules of {@code docker build --check}, and by your own.
 *
 * <pre>{@code
 * LintReport report = Linter.standard()
 *     .without("FromAsCasing")
 *     .withSeverity("UndefinedVar", Severity.ERROR)
 *     .lint(Dockerfile.parse(path));
 * report.findings().forEach(System.out::println);   // StageNameCasing: Stage name … (line 3)
 * }</pre>
 *
 * <p>Rule names, messages and lines are BuildKit's. {@code # check=skip=…;error=true} at the head
 * of the file and above an instruction is honoured. It reads no file and asks no registry: what it
 * should know of the build context and of base images, it is told. Immutable and safe for use by
 * several threads, if its rules are.
 */
public final class Linter {

  private static final List<LintRule> DOCKER_RULES =
      List.of(
          new StageNameCasing(),
          new FromAsCasing(),
          new NoEmptyContinuation(),
          new ConsistentInstructionCasing(),
          new DuplicateStageName(),
          new ReservedStageName(),
          new JSONArgsRecommended(),
          new MaintainerDeprecated(),
          new UndefinedArgInFrom(),
          new WorkdirRelativePath(),
          new UndefinedVar(),
          new MultipleInstructionsDisallowed(),
          new LegacyKeyValueFormat(),
          new InvalidBaseImagePlatform(),
          new RedundantTargetPlatform(),
          new SecretsUsedInArgOrEnv(),
          new InvalidDefaultArgInFrom(),
          new FromPlatformFlagConstDisallowed(),
          new CopyIgnoredFile(),
          new InvalidDefinitionDescription(),
          new ExposeProtoCasing(),
          new ExposeInvalidFormat());

  private final List<LintRule> rules;
  private final Map<String, Severity> severities;
  private final Optional<CheckOptions> check;
  private final LintOptions options;

  private Linter(
      List<LintRule> rules,
      Map<String, Severity> severities,
      Optional<CheckOptions> check,
      LintOptions options) {
    this.rules = List.copyOf(rules);
    this.severities = Map.copyOf(severities);
    this.check = check;
    this.options = options;
  }

  /** Returns a linter with Docker's rules, which looks at all stages for {@code linux/amd64}. */
  public static Linter standard() {
    return new Linter(DOCKER_RULES, Map.of(), Optional.empty(), LintOptions.DEFAULT);
  }

  /** Returns the rules, in the order in which they are applied. */
  public List<LintRule> rules() {
    return rules;
  }

  /** Returns this linter with one rule more, instead of one of the same name if there is one. */
  public Linter withRule(LintRule rule) {
    List<LintRule> more = new ArrayList<>(without(rule.name()).rules);
    more.add(rule);
    return new Linter(more, severities, check, options);
  }

  /** Returns this linter without the rule of that name. */
  public Linter without(String rule) {
    List<LintRule> fewer = rules.stream().filter(one -> !one.name().equals(rule)).toList();
    return new Linter(fewer, severities, check, options);
  }

  /** Returns this linter with another severity for what the rule of that name finds. */
  public Linter withSeverity(String rule, Severity severity) {
    Map<String, Severity> more = new HashMap<>(severities);
    more.put(rule, severity);
    return new Linter(rules, more, check, options);
  }

  /**
   * Returns this linter with options in place of the file's {@code # check=} directive, as the
   * build argument {@code BUILDKIT_DOCKERFILE_CHECK} has them.
   *
   * @param text for example {@code skip=StageNameCasing,FromAsCasing;error=true;experimental=all}
   * @throws IllegalArgumentException if the text is malformed
   */
  public Linter withCheck(String text) {
    return new Linter(rules, severities, Optional.of(CheckOptions.parse(text)), options);
  }

  /** Returns this linter with build arguments. */
  public Linter withBuildArgs(Map<String, String> arguments) {
    return with(options.withArguments(arguments));
  }

  /** Returns this linter for one target: stages that it does not need are not walked through. */
  public Linter withTarget(String stage) {
    return with(options.withTarget(stage));
  }

  /**
   * Returns this linter for another platform.
   *
   * @param platform for example {@code linux/arm64}
   * @throws IllegalArgumentException if that is no platform
   */
  public Linter withPlatform(String platform) {
    return with(options.withPlatform(PlatformName.parse(platform)));
  }

  /** Returns this linter with what the build context leaves out. */
  public Linter withIgnore(Dockerignore ignore) {
    return with(options.withIgnore(ignore));
  }

  /**
   * Returns this linter with knowledge of base images. Without, each is taken to set {@code PATH}
   * and nothing else.
   */
  public Linter withBaseImages(BaseImage.Source images) {
    return with(options.withImages(images));
  }

  /** Returns this linter for files with a name or with keywords of their own. */
  public Linter withParserOptions(ParserOptions parser) {
    return with(options.withParser(parser));
  }

  private Linter with(LintOptions other) {
    return new Linter(rules, severities, check, other);
  }

  /** Checks a text; an error in it is part of the report, with what was found above it. */
  public LintReport lint(String text) {
    try {
      return lint(Dockerfile.parse(text, options.parser()));
    } catch (DockerfileSyntaxException e) {
      Dockerfile file = Dockerfile.analyze(text, options.parser()).dockerfile();
      List<LintStatement> statements =
          file.statements().stream()
              .filter(statement -> statement.line() < e.line())
              .map(LintStatement::of)
              .toList();
      LintSubject subject =
          new LintSubject(
              file, statements, List.of(), Map.of(), Optional.empty(), options.ignore(), false);
      return report(subject, Optional.of(e));
    }
  }

  /** Checks a file. */
  public LintReport lint(Dockerfile file) {
    BuildWalk walk = new BuildWalk(file, options);
    LintSubject subject = walk.walk();
    return report(subject, walk.error());
  }

  private LintReport report(LintSubject subject, Optional<DockerfileSyntaxException> error) {
    Optional<Directive> directive =
        Directive.detect("check", subject.dockerfile().source()).filter(found -> check.isEmpty());
    CheckOptions effective;
    try {
      effective =
          check.orElseGet(
              () ->
                  directive
                      .map(found -> CheckOptions.parse(CheckOptions.firstWord(found.value())))
                      .orElse(CheckOptions.NONE));
    } catch (IllegalArgumentException e) {
      String problem = "failed to parse check options: " + e.getMessage();
      return new LintReport(
          List.of(),
          directive.map(
              found ->
                  DockerfileSyntaxException.atLine(
                      problem,
                      subject.dockerfile().fileName(),
                      subject.dockerfile().source(),
                      found.range().startLine())),
          false);
    }
    List<Finding> findings = new ArrayList<>();
    for (LintRule rule : rules) {
      Severity severity = severities.getOrDefault(rule.name(), rule.severity());
      Findings found = new Findings(rule, severity, effective);
      rule.check(subject, found);
      findings.addAll(found.found());
    }
    findings.sort(Findings.BY_LINE);
    return new LintReport(findings, error, effective.error());
  }
}
