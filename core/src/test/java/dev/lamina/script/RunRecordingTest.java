// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lamina.Container;
import dev.lamina.Exec;
import dev.lamina.ExecResult;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.build.Secrets;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.TreePath;
import dev.lamina.run.EngineContract;
import dev.lamina.run.HostPrograms;
import dev.lamina.run.NoRunEngineException;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunSession;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that ran once, and are given back: here they are a script's. */
class RunRecordingTest {
  @TempDir Path folder;
  private final AtomicInteger ran = new AtomicInteger();

  private final RunScript real =
      RunScript.when(
              "make *",
              run -> {
                ran.incrementAndGet();
                run.write("/out", run.wildcards().get(0) + Files.exists(run.path("/src/a")));
                run.println("made");
              })
          .and("fail", run -> run.exit(3))
          .and("leak", run -> ran.incrementAndGet())
          .and("hang", run -> new CountDownLatch(1).await());

  private RunRecording runs() {
    return RunRecording.in(folder.resolve("runs"));
  }

  private Path context(long time) throws Exception {
    Path context = Files.createDirectories(folder.resolve("context" + time));
    Path a = Files.writeString(context.resolve("a"), "a");
    Files.setLastModifiedTime(a, FileTime.fromMillis(time));
    return context;
  }

  private static Image build(RunRecording engine, Path context, String dockerfile)
      throws Exception {
    try (ImageStore store = ImageStore.inMemory()) {
      Image image =
          ImageBuilder.fromText(dockerfile)
              .context(context)
              .secrets(Secrets.none().withValue("token", "s3cret".getBytes(UTF_8)))
              .store(store)
              .engine(engine)
              .build();
      assertThat(image.tree().node(TreePath.of("/out"))).isPresent();
      return image;
    }
  }

  @Test
  void whatRanOnceIsGivenBackWithoutRunning() throws Exception {
    String dockerfile = "FROM scratch\nCOPY a /src/a\nRUN make all\nRUN make more";
    RunRecording runs = RunRecording.in(folder.resolve("runs"));
    Image recorded = build(runs.recordedBy(real), context(1), dockerfile); // once
    assertThat(ran).hasValue(2);

    Image given = build(runs, context(2), dockerfile); // anywhere, from then on

    assertThat(ran).hasValue(2);
    assertThat(given.layers().subList(1, 3)).isEqualTo(recorded.layers().subList(1, 3));
  }

  @Test
  void onlyWhatIsNotRecordedRuns() throws Exception {
    String dockerfile = "FROM scratch\nRUN make all\n";
    Image unused = build(runs().recordedBy(real), context(1), dockerfile);
    Image both = build(runs().recordedBy(real), context(1), dockerfile + "RUN make more");

    assertThat(ran).hasValue(2);
    assertThat(both.layers()).hasSize(2);
  }

  @Test
  void missingRunNamesWhatIsRecorded() throws Exception {
    assertThatThrownBy(() -> build(runs(), context(1), "FROM scratch\nRUN make all"))
        .hasMessageContaining("recorded run of \"make all\": expected one in")
        .hasMessageContaining("found none");
    Image unused = build(runs().recordedBy(real), context(1), "FROM scratch\nRUN make all");

    assertThatThrownBy(() -> build(runs(), context(1), "FROM scratch\nRUN make less"))
        .hasMessageContaining("found\n    make all");
    assertThatThrownBy(
            () -> build(runs(), context(1), "FROM scratch\nENV A=1\nUSER 7\nRUN make all"))
        .hasMessageContaining("expected the same inputs, found others in")
        .hasMessageContaining("user, variable A");
    assertThatThrownBy(() -> build(runs(), context(1), "FROM scratch\nCOPY a /src/a\nRUN make all"))
        .hasMessageContaining("\n    files\n");
  }

  @Test
  void secretIsNotKept() throws Exception {
    Image unused =
        build(
            runs().recordedBy(real),
            context(1),
            "FROM scratch\nRUN make all\nRUN --mount=type=secret,id=token --mount=type=secret,id="
                + "token,env=TOKEN leak");
    assertThat(ran).hasValue(2);
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("runs"))) {
      files = all.toList();
    }
    assertThat(files).hasSize(4);
    for (Path file : files) {
      assertThat(Files.readAllBytes(file)).asString(UTF_8).doesNotContain("s3cret");
    }
  }

  @Test
  void realProcessIsGivenBackToTheByte() throws Exception {
    RunEngine engine = unshare();
    ProcessSpec spec =
        ProcessSpec.command(
                "sh",
                "-c",
                "cd /opt; echo x >a; ln a b; mkfifo p; chmod 4711 a; rm /etc/group; touch -d @7.5"
                    + " a")
            .env(EngineContract.PATH)
            .build();
    List<FileTree> trees = new ArrayList<>();
    for (RunRecording each : List.of(runs().recordedBy(engine), runs())) {
      try (RunSession session = each.open(HostPrograms.root(), folder)) {
        EngineContract.Outcome outcome = EngineContract.run(session, spec);
        trees.add(HostPrograms.tree().apply(outcome.changes()));
      }
    }
    assertThat(trees.get(1).diff(trees.get(0))).isEmpty();
    assertThat(trees.get(1).linkCount(TreePath.of("/opt/b"))).isEqualTo(2);
  }

  private static RunEngine unshare() throws Exception {
    try {
      return RunEngines.host().require("unshare");
    } catch (NoRunEngineException e) {
      return abort("skipped: " + e.getMessage());
    }
  }

  @Test
  void containersAreRecordedToo() throws Exception {
    for (RunRecording engine : List.of(runs().recordedBy(real), runs())) {
      try (ImageStore store = ImageStore.inMemory();
          Container box =
              ImageBuilder.from("scratch").user("0").store(store).build().newContainer(engine)) {
        Files.createDirectories(box.path("/src"));
        Files.writeString(box.path("/src/a"), "a");
        assertThat(box.exec("make", "it")).isEqualTo(new ExecResult(0, "made\n"));
        assertThat(Files.readString(box.path("/out"))).isEqualTo("ittrue");
        assertThat(box.exec("fail").exitCode()).isEqualTo(3);
      }
    }
    assertThat(ran).hasValue(1);
  }

  @Test
  void whatCannotBeRecordedIsRefusedOrForgotten() throws Exception {
    try (ImageStore store = ImageStore.inMemory();
        Container box =
            ImageBuilder.from("scratch")
                .user("0")
                .store(store)
                .build()
                .newContainer(runs().recordedBy(real))) {
      ProcessIo typed =
          ProcessIo.discarding().withStdin(new ByteArrayInputStream("x".getBytes(UTF_8)));
      assertThatThrownBy(() -> box.start(Exec.of("make", "it"), typed))
          .hasMessageContaining("expected one process at a time without input, found input");
      var hanging = box.start(Exec.of("hang"), ProcessIo.discarding());
      assertThatThrownBy(() -> box.exec("make", "it")).hasMessageContaining("found two");
      hanging.kill();

      assertThat(box.exec("make", "it").exitCode()).isZero();
    }
    assertThat(RecordedRun.all(folder.resolve("runs"))).hasSize(1);
  }
}
