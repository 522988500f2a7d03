// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.dockerfile;

import dev.lamina.benchmarks.sample.SampleDockerfiles;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.DockerfileSyntaxException;
import dev.lamina.dockerfile.DockerfileWriter;
import dev.lamina.dockerfile.lint.LintReport;
import dev.lamina.dockerfile.lint.Linter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The parser, the linter and the writer over usual files and over one of five megabytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DockerfileParserBenchmark {

  /** Which files: 40 of the usual size; {@code -p corpus=large} takes one of five megabytes. */
  @Param("usual")
  public String corpus = "usual";

  private List<byte[]> files = List.of();
  private List<Dockerfile> parsed = List.of();

  /** Makes the files. */
  @Setup
  public void makeFiles() throws DockerfileSyntaxException {
    List<String> texts =
        corpus.equals("usual")
            ? SampleDockerfiles.usual(40)
            : List.of(SampleDockerfiles.large(5_000_000));
    files = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    parsed = new ArrayList<>();
    for (byte[] file : files) {
      parsed.add(Dockerfile.parse(file, "Dockerfile"));
    }
  }

  /** Reads all files from their bytes to typed instructions. */
  @Benchmark
  public void parse(Blackhole sink) throws DockerfileSyntaxException {
    for (byte[] file : files) {
      sink.consume(Dockerfile.parse(file, "Dockerfile"));
    }
  }

  /** Applies all rules of Docker to all files. */
  @Benchmark
  public void lint(Blackhole sink) {
    for (Dockerfile file : parsed) {
      LintReport report = Linter.standard().lint(file);
      sink.consume(report);
    }
  }

  /** Writes all instructions of all files. */
  @Benchmark
  public void write(Blackhole sink) {
    DockerfileWriter writer = DockerfileWriter.standard();
    for (Dockerfile file : parsed) {
      file.statements().forEach(one -> sink.consume(writer.write(one.instruction())));
    }
  }
}
