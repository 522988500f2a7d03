// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.ParserOptions;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.dockerfile.lint.Finding;
import dev.lamina.dockerfile.lint.LintReport;
import dev.lamina.dockerfile.lint.Linter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code lint FILE…}: prints findings as {@code docker build --check} does. */
final class LintVerb {

  private LintVerb() {}

  /** Returns 1 if there is anything to say, 2 if a file cannot be read. */
  static int run(List<String> files, Console console) {
    int status = 0;
    for (String file : files) {
      try {
        status = Math.max(status, lint(Path.of(file), console.out()));
      } catch (IOException e) {
        console.complain(e);
        status = 2;
      }
    }
    return status;
  }

  private static int lint(Path path, PrintStream out) throws IOException {
    String text = Source.text(path);
    ParserOptions options = ParserOptions.defaults().withFileName(path.toString());
    LintReport report =
        Linter.standard().withParserOptions(options).withIgnore(ignoreFor(path)).lint(text);
    Dockerfile file = Dockerfile.analyze(text, options).dockerfile();
    if (report.isClean()) {
      out.println(path + ": no warnings found.");
      return 0;
    }
    for (Finding finding : report.findings()) {
      out.println(
          finding.severity() + ": " + finding.rule() + finding.url().map(" - "::concat).orElse(""));
      out.println(finding.message());
      out.println(file.snippet(finding.range()));
    }
    if (report.error().isPresent()) {
      DockerfileSyntaxException error = report.error().get();
      out.println("ERROR: " + error.problem());
      out.println(error.snippet());
    }
    report.violation().ifPresent(violation -> out.println("ERROR: " + violation));
    return 1;
  }

  /** The ignore file of the Dockerfile's own name wins, as it does in a build. */
  private static Dockerignore ignoreFor(Path file) throws IOException {
    Path own = Path.of(file + ".dockerignore");
    Path general = file.toAbsolutePath().resolveSibling(".dockerignore");
    for (Path ignore : List.of(own, general)) {
      if (Files.isRegularFile(ignore)) {
        return Dockerignore.parse(Files.readAllBytes(ignore), ignore.toString());
      }
    }
    return Dockerignore.none();
  }
}
