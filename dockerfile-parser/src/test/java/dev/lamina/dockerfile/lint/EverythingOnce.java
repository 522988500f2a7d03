// SPDX-License-Identifier: Apache-2.0
package dev.lamina.dockerfile.lint;

import dev.lamina.dockerfile.Directive;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.DockerfileWriter;
import dev.lamina.dockerfile.ParseReport;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.Statement;
import dev.lamina.dockerfile.ignore.Dockerignore;
import java.util.Arrays;
import java.util.Optional;

/**
 * Does with some bytes all that this module can do. Whatever the bytes are, nothing comes of it but
 * {@link DockerfileSyntaxException}, which it answers.
 */
public final class EverythingOnce {

  private static final ParserOptions OPTIONS = ParserOptions.defaults().withCustomKeyword("OWN");

  private EverythingOnce() {}

  /** Returns why the bytes are no Dockerfile, if so. */
  public static Optional<DockerfileSyntaxException> with(byte[] bytes) {
    try {
      excludes(bytes);
    } catch (DockerfileSyntaxException e) {
      require(e.line() > 0, "line");
    }
    Dockerfile file;
    try {
      file = Dockerfile.parse(bytes, "Dockerfile");
    } catch (DockerfileSyntaxException e) {
      require(e.line() > 0 && e.column() > 0 && !e.snippet().isEmpty(), "place");
      return Optional.of(e);
    }
    checkCopy(file, bytes);
    checkAnalysis(file.source());
    for (Statement statement : file.statements()) {
      checkWriting(file, statement);
    }
    return Optional.empty();
  }

  private static void excludes(byte[] bytes) throws DockerfileSyntaxException {
    Dockerignore ignore = Dockerignore.parse(bytes, ".dockerignore");
    require(!ignore.excludes("."), "context");
    var unused = ignore.excludes("a/b/c.txt");
  }

  private static void checkCopy(Dockerfile file, byte[] bytes) {
    require(Arrays.equals(file.edit().bytes(), bytes), "bytes");
    require(file.outline().isPresent() == !file.stages().isEmpty(), "outline");
    LintReport report = Linter.standard().withCheck("experimental=all").lint(file);
    for (Finding finding : report.findings()) {
      require(!file.snippet(finding.range()).isEmpty(), "snippet");
    }
    var unused = Directive.detectSyntax(file.source());
  }

  /** The same again, as an editor asks for it. */
  private static void checkAnalysis(String text) {
    ParseReport report = Dockerfile.analyze(text, OPTIONS);
    require(report.dockerfile().source().equals(text), "source");
    require(Linter.standard().withParserOptions(OPTIONS).lint(text) != null, "report");
  }

  private static void checkWriting(Dockerfile file, Statement statement) {
    require(!statement.logicalLine().isEmpty(), "line");
    if (statement.source().length() > 1_000) {
      return;
    }
    try {
      String text = DockerfileWriter.like(file).write(statement.instruction());
      require(!text.isEmpty(), "text");
    } catch (IllegalArgumentException e) {
      require(e.getMessage().startsWith("instruction that no Dockerfile can say"), "refusal");
    }
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
