// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.event.BuildListener;
import dev.lamina.run.RunEngines;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a build that is stopped or fails, and what runs beside what. */
@Timeout(30)
class CancellationTest {
  private static final String TWO_STAGES =
      """
      FROM scratch AS a
      RUN quick
      RUN hang
      FROM scratch AS b
      WORKDIR /b
      RUN hang
      FROM scratch
      COPY --from=a / /
      COPY --from=b / /
      """;

  @TempDir Path folder;

  private final CountDownLatch hanging = new CountDownLatch(2);
  private final AtomicInteger quick = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();

  private RunEngines engine() {
    return RunEngines.of(
        List.of(
            new LambdaEngine(
                (process, files) -> {
                  String line = LambdaEngine.line(process);
                  if (line.equals("quick")) {
                    quick.incrementAndGet();
                    Files.writeString(files.getPath("/quick"), "x");
                  } else if (line.equals("fail")) {
                    Files.writeString(files.getPath("/half-made"), "x");
                    throw new IOException("fail");
                  } else {
                    running.incrementAndGet();
                    try {
                      hanging.countDown();
                      Thread.currentThread().join(); // until it is killed
                    } finally {
                      running.decrementAndGet();
                    }
                  }
                })));
  }

  private StoredImage build(LocalStore store, String dockerfile, UnaryOperator<BuildRequest> more)
      throws IOException, InterruptedException {
    BuildRequest request = BuildRequest.of(Dockerfile.parse(dockerfile)).withEngines(engine());
    return new DockerfileBuilder(store, new StoreImages(store)).build(more.apply(request));
  }

  @Test
  void anInterruptEndsAllThatRunsWithinASecond() throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread build =
          new Thread(
              () -> {
                try {
                  StoredImage unused = build(store, TWO_STAGES, request -> request);
                } catch (IOException | InterruptedException e) {
                  thrown.set(e);
                }
              });
      build.start();
      hanging.await();
      long start = System.nanoTime();
      build.interrupt();
      build.join();
      assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
      assertThat(running).hasValue(0);
      assertThat(temporaryFiles()).isEmpty();
    }
  }

  @Test
  void aFailedBuildLeavesItsFinishedStepsAndNothingElse() throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      String dockerfile = "FROM scratch\nRUN quick\nRUN fail";
      assertThatThrownBy(() -> build(store, dockerfile, request -> request))
          .isInstanceOf(BuildException.class)
          .satisfies(e -> assertThat(((BuildException) e).line()).isEqualTo(3));
      assertThat(store.images()).isEmpty();
      assertThat(temporaryFiles()).isEmpty();

      Steps steps = new Steps();
      assertThatThrownBy(() -> build(store, dockerfile, request -> request.withListener(steps)))
          .isInstanceOf(BuildException.class);
      assertThat(steps.lines()).startsWith("RUN quick: cached");
      assertThat(quick).hasValue(1);
      StoredImage image = build(store, "FROM scratch\nRUN quick", request -> request);
      assertThat(image.layers()).hasSize(1);
      assertThat(quick).hasValue(1);
    }
  }

  @Test
  void whatFailsInOneStageEndsTheOthers() throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      String dockerfile = "FROM scratch AS a\nRUN hang\nFROM scratch\nRUN fail\nCOPY --from=a / /";
      assertThatThrownBy(() -> build(store, dockerfile, request -> request))
          .isInstanceOf(BuildException.class)
          .hasMessageContaining("exit code: 1");
      assertThat(running).hasValue(0);
    }
  }

  @Test
  void whatAListenerThrowsEndsTheBuild() throws Exception {
    BuildListener listener =
        event -> {
          throw new IllegalStateException("stop");
        };
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      assertThatThrownBy(
              () -> build(store, "FROM scratch\nRUN quick", r -> r.withListener(listener)))
          .hasMessageContaining("stop");
      assertThat(temporaryFiles()).isEmpty();
    }
  }

  @Test
  void independentStagesRunSideBySide() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    RunEngines meeting =
        RunEngines.of(
            List.of(
                new LambdaEngine(
                    (process, files) -> {
                      both.countDown();
                      both.await(); // until the other one runs as well
                    })));
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      String dockerfile = "FROM scratch AS a\nRUN a\nFROM scratch\nRUN b\nCOPY --from=a / /";
      StoredImage image = build(store, dockerfile, request -> request.withEngines(meeting));
      assertThat(image.layers()).hasSize(2);
    }
  }

  @Test
  void theExecutorThatIsGivenDoesTheWork() throws Exception {
    AtomicInteger tasks = new AtomicInteger();
    ExecutorService one = Executors.newSingleThreadExecutor();
    Executor counting =
        task -> {
          tasks.incrementAndGet();
          one.execute(task);
        };
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      String dockerfile =
          "FROM scratch AS a\nRUN quick\nFROM scratch AS b\nWORKDIR /x\nFROM scratch\n"
              + "COPY --from=a / /\nCOPY --from=b / /";
      StoredImage image = build(store, dockerfile, request -> request.withExecutor(counting));
      assertThat(image.layers()).hasSize(2);
      assertThat(tasks.get()).isGreaterThanOrEqualTo(4);
    } finally {
      one.shutdown();
    }
  }

  @Test
  void stagesTheTargetDoesNotNeedAreNotBuilt() throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      String dockerfile = "FROM scratch AS unused\nRUN quick\nFROM scratch\nWORKDIR /x";
      StoredImage image = build(store, dockerfile, request -> request);
      assertThat(image.layers()).hasSize(1);
      assertThat(quick).hasValue(0);
    }
  }

  /** Returns the store's files that are no blob, no record and no index of one: should be none. */
  private List<String> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(
              name ->
                  name.contains("/temporary/")
                      || name.endsWith(".tmp")
                      || (name.contains("/temp/") && !name.endsWith("/alive")))
          .toList();
    }
  }
}
