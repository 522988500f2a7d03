// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.build;

import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.benchmarks.sample.SampleFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A Dockerfile of 20 steps without a RUN, in memory; the aim is 20 ms once warm. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
@State(Scope.Benchmark)
public class SmallBuildBenchmark {
  private static final String DOCKERFILE =
      """
      FROM scratch
      ARG VERSION=1.4
      ENV APP=/srv/shop LANG=C.UTF-8
      WORKDIR $APP
      COPY etc/shop.conf /etc/shop.conf
      COPY --chown=1000:1000 web site
      COPY --chmod=0755 bin/start /usr/local/bin/
      COPY <<motd /etc/motd
      shop $VERSION
      motd
      ADD lib lib
      COPY lib/a.jar lib/b.jar extra/
      COPY web/index.html /srv/index.html
      COPY --chmod=0600 etc/key /etc/key
      LABEL version=$VERSION maintainer=shop
      EXPOSE 8080/tcp 9000
      VOLUME /srv/shop/data
      STOPSIGNAL SIGINT
      HEALTHCHECK --interval=5s CMD ["/usr/local/bin/start", "check"]
      USER 1000
      ENTRYPOINT ["/usr/local/bin/start"]
      CMD ["--port", "8080"]
      """;

  private Path context = Path.of("");
  private ImageStore cached = ImageStore.inMemory();

  /** Makes the context, and a store that knows the build. */
  @Setup
  public void makeContext() throws IOException, InterruptedException {
    context = Files.createTempDirectory("small-build");
    for (String file :
        new String[] {
          "etc/shop.conf",
          "etc/key",
          "bin/start",
          "web/index.html",
          "web/shop.css",
          "lib/a.jar",
          "lib/b.jar"
        }) {
      Path path = context.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.repeat(500));
    }
    cached = ImageStore.inMemory();
    Image unused = build(cached);
  }

  /** Deletes the context. */
  @TearDown
  public void deleteContext() throws IOException {
    cached.close();
    SampleFolders.delete(context);
  }

  private Image build(ImageStore store) throws IOException, InterruptedException {
    return ImageBuilder.fromText(DOCKERFILE).context(context).store(store).build();
  }

  /** All steps are carried out, in a store of their own. */
  @Benchmark
  public int first() throws IOException, InterruptedException {
    try (ImageStore store = ImageStore.inMemory()) {
      return build(store).layers().size();
    }
  }

  /** The cache answers for all steps. */
  @Benchmark
  public int again() throws IOException, InterruptedException {
    return build(cached).layers().size();
  }
}
