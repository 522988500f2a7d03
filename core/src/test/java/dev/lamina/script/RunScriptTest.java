// SPDX-License-Identifier: Apache-2.0
package dev.lamina.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.Container;
import dev.lamina.Exec;
import dev.lamina.ExecResult;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.build.BuildException;
import dev.lamina.build.Secrets;
import dev.lamina.context.BuildContext;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.ProcessIo;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Builds and containers whose commands are lambdas. */
class RunScriptTest {
  private final ImageStore store = ImageStore.inMemory();

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private Image build(RunScript script, String dockerfile) throws Exception {
    return ImageBuilder.fromText(dockerfile).store(store).engine(script).build();
  }

  private static String text(Image image, String path) throws Exception {
    Node.File file = (Node.File) image.tree().node(TreePath.of(path)).orElseThrow();
    return new String(file.content().toByteArray(), UTF_8);
  }

  @Test
  void commandsDoWhatTheScriptSays() throws Exception {
    RunScript script =
        RunScript.when("apt-get update", run -> {})
            .and("apt-get install -y *", run -> run.write("/usr/bin/git", "tool"))
            .and("make * *", run -> run.write("made", String.join("+", run.wildcards())));

    Image image =
        build(
            script,
            """
            FROM scratch
            RUN apt-get update && apt-get install -y git
            WORKDIR /src
            RUN ["make", "all", "-j 2"]
            """);

    assertThat(text(image, "/usr/bin/git")).isEqualTo("tool");
    assertThat(text(image, "/src/made")).isEqualTo("all+-j 2");
    assertThat(image.layers()).hasSize(3);
  }

  @Test
  void commandSeesItsEnvironmentFilesAndArguments() throws Exception {
    List<String> seen = new ArrayList<>();
    RunScript script =
        RunScript.when(
            "cmd *",
            run -> {
              seen.add(run.command());
              seen.add(run.environment().get("LEVEL"));
              seen.add(run.path("x").toString());
              seen.add(Files.readString(run.root().resolve("srv/a")));
              seen.add(new String(run.stdin().readAllBytes(), UTF_8));
            });
    Image unused =
        ImageBuilder.fromText("FROM scratch\nENV LEVEL=warn\nWORKDIR /srv\nCOPY a a\nRUN cmd b c")
            .context(BuildContext.of(Map.of("a", "in the context".getBytes(UTF_8))))
            .store(store)
            .engine(script)
            .build();

    assertThat(seen).containsExactly("cmd b c", "warn", "/srv/x", "in the context", "");
  }

  @Test
  void unknownCommandNamesThoseThatAreKnown() {
    RunScript script = RunScript.when("make *", run -> {}).and("true", run -> {});

    assertThatThrownBy(() -> build(script, "FROM scratch\nRUN true && npm install"))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("Dockerfile:2")
        .hasMessageContaining("make *\n")
        .hasMessageContaining("true\n")
        .hasMessageContaining("found\n    npm install");
  }

  @Test
  void exitCodeAndOutputAreTheScripts() {
    RunScript script =
        RunScript.when(
            "make test",
            run -> {
              run.println("1 test");
              run.printError("1 failed");
              run.exit(2);
            });

    assertThatThrownBy(() -> build(script, "FROM scratch\nRUN make test"))
        .hasMessageContaining("exit code: 2")
        .hasMessageContaining("1 test\n")
        .hasMessageContaining("1 failed");
  }

  @Test
  void commandsAfterAFailedOneDoNotRun() {
    AtomicInteger ran = new AtomicInteger();
    RunScript script =
        RunScript.when("false", run -> run.exit(1)).and("next", run -> ran.incrementAndGet());

    assertThatThrownBy(() -> build(script, "FROM scratch\nRUN false && next"))
        .hasMessageContaining("exit code: 1");
    assertThat(ran).hasValue(0);
  }

  @Test
  void exceptionOfACommandIsItsFailure() {
    RunScript script =
        RunScript.when("cat *", run -> Files.readString(run.path(run.wildcards().get(0))));

    assertThatThrownBy(() -> build(script, "FROM scratch\nRUN cat nothing"))
        .hasMessageContaining("exit code: 1")
        .hasMessageContaining("NoSuchFileException: /nothing");
  }

  @Test
  void commandActsAsTheUser() throws Exception {
    RunScript script =
        RunScript.when("setup", run -> Files.createDirectory(run.path("/root")))
            .and("touch *", run -> run.write(run.wildcards().get(0), ""));
    Image image =
        build(script, "FROM scratch\nUSER 7:8\nWORKDIR /home/seven\nRUN touch /home/seven/x");

    Node made = image.tree().node(TreePath.of("/home/seven/x")).orElseThrow();
    assertThat(List.of(made.uid(), made.gid())).containsExactly(7L, 8L);
    assertThatThrownBy(() -> build(script, "FROM scratch\nUSER 7:8\nRUN touch /x"))
        .hasMessageContaining(AccessDeniedException.class.getSimpleName());
  }

  @Test
  void mountsAreThereAndLeaveNothing() throws Exception {
    List<String> seen = new ArrayList<>();
    RunScript script =
        RunScript.when(
            "look",
            run -> {
              seen.add(Files.readString(run.path("/run/secrets/token")));
              seen.add(Files.readString(run.path("/ctx/a")));
              seen.add(Files.exists(run.path("/cache/kept")) ? "cached" : "empty");
              run.write("/ctx/a", "changed");
              run.write("/cache/kept", "");
              run.write("/tmp/x", "");
              run.write("/made", "");
            });
    String look =
        "--mount=type=secret,id=token --mount=type=cache,target=/cache"
            + " --mount=type=tmpfs,target=/tmp --mount=type=bind,target=/ctx,rw look";
    Image image =
        ImageBuilder.fromText("FROM scratch\nRUN " + look + "\nENV AGAIN=1\nRUN " + look)
            .context(BuildContext.of(Map.of("a", "context".getBytes(UTF_8))))
            .secrets(Secrets.none().withValue("token", "s3cret".getBytes(UTF_8)))
            .store(store)
            .engine(script)
            .build();

    assertThat(seen).containsExactly("s3cret", "context", "empty", "s3cret", "context", "cached");
    assertThat(image.tree().diff(FileTree.empty()).stream().map(c -> c.path().toString()))
        .containsExactly("/", "/made");
  }

  @Test
  void cacheOfAnotherModeIsAnother() throws Exception {
    List<Boolean> found = new ArrayList<>();
    RunScript script =
        RunScript.when(
            "look",
            run -> {
              found.add(Files.exists(run.path("/cache/kept")));
              run.write("/cache/kept", "");
            });
    String shared = "RUN --mount=type=cache,target=/cache look\n";
    String closed = "RUN --mount=type=cache,target=/cache,mode=0700 look\n";
    Image unused =
        build(script, "FROM scratch\n" + shared + closed + "ENV A=1\n" + shared + closed);

    assertThat(found).containsExactly(false, false, true, true);
  }

  @Test
  void onlyTheSameScriptFindsItsLayersInTheCache() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    RunScript script = RunScript.when("make", run -> ran.incrementAndGet());
    String dockerfile = "FROM scratch\nRUN make";
    Image first = build(script, dockerfile);

    assertThat(build(script, dockerfile).layers()).isEqualTo(first.layers());
    assertThat(ran).hasValue(1);
    Image other = build(RunScript.when("make", run -> run.write("/made", "")), dockerfile);
    assertThat(text(other, "/made")).isEmpty();
  }

  @Test
  void containerAndScriptSeeOneAnother() throws Exception {
    RunScript script =
        RunScript.when(
                "double",
                run -> {
                  String text = Files.readString(run.path("/in"));
                  run.write("/out", text + text);
                  run.println("done");
                })
            .and("cat", run -> run.println(new String(run.stdin().readAllBytes(), UTF_8)));
    try (Container box =
        ImageBuilder.from("scratch").user("0").store(store).build().newContainer(script)) {
      Files.writeString(box.path("/in"), "ab");
      assertThat(box.exec("double")).isEqualTo(new ExecResult(0, "done\n"));
      assertThat(Files.readString(box.path("/out"))).isEqualTo("abab");

      Process cat = box.process(Exec.of("cat"));
      cat.getOutputStream().write("typed".getBytes(UTF_8));
      cat.getOutputStream().close();
      assertThat(new String(cat.getInputStream().readAllBytes(), UTF_8)).isEqualTo("typed\n");
    }
  }

  @Test
  void killedCommandChangesNothing() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    RunScript script =
        RunScript.when(
            "sleep",
            run -> {
              run.write("/half", "");
              running.countDown();
              new CountDownLatch(1).await();
            });
    try (Container box =
        ImageBuilder.from("scratch").user("0").store(store).build().newContainer(script)) {
      var process = box.start(Exec.of("sleep"), ProcessIo.discarding());
      running.await();
      assertThat(process.isAlive()).isTrue();

      process.kill();
      assertThat(process.waitFor()).isEqualTo(137);
      assertThat(box.diff()).isEmpty();
    }
  }
}
