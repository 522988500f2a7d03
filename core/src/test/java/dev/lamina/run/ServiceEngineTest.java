// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.ChildJvm;
import dev.lamina.Container;
import dev.lamina.ExecResult;
import dev.lamina.Image;
import dev.lamina.ImageBuilder;
import dev.lamina.ImageStore;
import dev.lamina.build.Secrets;
import dev.lamina.context.BuildContext;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.Probe;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.ProcessUser;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes in containers of a service, where one can be reached: {@code lamina.test.service} is
 * the program with its first arguments, {@code docker} if it is not set.
 */
class ServiceEngineTest {
  private static final String[] COMMAND =
      System.getProperty("lamina.test.service", "docker").split(" ", -1);

  @TempDir Path folder;
  private final RunEngine engine = RunEngines.service(COMMAND);

  @BeforeEach
  void serviceIsThere() {
    Probe probe = engine.probe();
    assumeTrue(probe instanceof Probe.Available, () -> "skipped: " + probe);
  }

  private static ProcessSpec shell(String script) {
    return ProcessSpec.command("sh", "-c", script).env(Map.of("PATH", "/bin")).build();
  }

  private long left() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> !path.toString().contains("/cache"))
          .filter(Files::isRegularFile)
          .count();
    }
  }

  @Test
  void processesRunAndTheirChangesComeBack() throws Exception {
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      EngineContract.Outcome first =
          EngineContract.run(
              session,
              shell(
                  "echo out; echo err >&2; cd /opt; echo x >f; ln f g; ln -s f l; mkfifo p; chmod"
                      + " 4711 f; rm /etc/group; rm -r /home; mkdir /home; exit 7"));
      assertThat(first.code()).isEqualTo(7);
      assertThat(first.out()).isEqualTo("out\n");
      assertThat(first.err()).isEqualTo("err\n");
      FileTree after = HostPrograms.tree().apply(first.changes());
      assertThat(EngineContract.names(after, "/opt")).containsExactly("f", "g", "l", "p");
      assertThat(EngineContract.names(after, "/home")).isEmpty();
      assertThat(after.linkCount(TreePath.of("/opt/g"))).isEqualTo(2);
      assertThat(after.node(TreePath.of("/opt/f")).orElseThrow().mode()).isEqualTo(04711);
      assertThat(after.node(TreePath.of("/etc/group"))).isEmpty();

      session.apply(
          Changes.builder().put(TreePath.of("/opt/java"), EngineContract.text("java\n")).build());
      EngineContract.Outcome second =
          EngineContract.run(session, shell("cat /opt/f /opt/java; rm /opt/p"));
      assertThat(second.out()).isEqualTo("x\njava\n");
      assertThat(EngineContract.names(HostPrograms.tree().apply(second.changes()), "/opt"))
          .containsExactly("f", "g", "java", "l");
    }
    assertThat(left()).isZero();
  }

  @Test
  void manyChangesComeBackAsTheyAre() throws Exception {
    String script =
        "for i in $(seq 20); do echo $i >/opt/f$i; done; ln /opt/f1 /opt/g; ln /etc/passwd"
            + " /opt/users; chown 7:8 /opt/f2; touch -d @1000000000 /opt/f3; rm -r /home/alice;"
            + " echo x >/home/alice; rm -r /var; mkdir -p /var/d; setcap cap_net_raw+ep /bin/tr;"
            + " cd /opt; echo x >$(printf 'a\\377'); echo y >$(printf 'b\\nC etc')";
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      Changes changes = EngineContract.run(session, shell(script)).changes();

      FileTree after = HostPrograms.tree().apply(changes);
      assertThat(after.subtree(TreePath.of("/opt")).root().size()).isEqualTo(24);
      assertThat(after.linkCount(TreePath.of("/opt/f1"))).isEqualTo(2);
      assertThat(after.linkCount(TreePath.of("/opt/users"))).isEqualTo(2);
      Metadata owned = EngineContract.put(changes, "/opt/f2").metadata();
      assertThat(List.of(owned.uid(), owned.gid())).containsExactly(7L, 8L);
      assertThat(EngineContract.put(changes, "/opt/f3").metadata().mtime())
          .isEqualTo(Instant.ofEpochSecond(1_000_000_000));
      assertThat(EngineContract.put(changes, "/home/alice")).isInstanceOf(Node.File.class);
      assertThat(EngineContract.names(after, "/var")).containsExactly("d");
      assertThat(EngineContract.put(changes, "/bin/tr").metadata().xattrs().names())
          .containsExactly(CapabilityReader.XATTR);
      assertThat(changes.stream().map(Change::path))
          .doesNotContain(TreePath.of("/etc"), TreePath.of("/bin/sh"));
      assertThat(after.node(TreePath.ofBytes("/opt/a\u00ff".getBytes(ISO_8859_1)))).isPresent();
    }
  }

  @Test
  void anotherNameOfAnOldFileIsALink() throws Exception {
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      Changes changes = EngineContract.run(session, shell("ln /etc/passwd /opt/users")).changes();

      assertThat(HostPrograms.tree().apply(changes).linkCount(TreePath.of("/opt/users")))
          .isEqualTo(2);
    }
  }

  @Test
  void environmentOfOneProcessIsNotTheNextOnes() throws Exception {
    ProcessSpec first =
        shell("echo x >/opt/f").toBuilder()
            .env(Map.of("PATH", "/bin", "ONLY_HERE", "a"))
            .secretEnv(Map.of("TOKEN", "t"))
            .build();
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      assertThat(EngineContract.run(session, first).code()).isZero();

      assertThat(EngineContract.run(session, shell("echo ${ONLY_HERE-none} ${TOKEN-none}")).out())
          .isEqualTo("none none\n");
    }
  }

  @Test
  void layersAreSentOnce() throws Exception {
    Path log = folder.resolve("log");
    List<String> logged =
        new ArrayList<>(List.of("sh", "-c", "echo \"$1\" >>'" + log + "'; exec \"$0\" \"$@\""));
    logged.addAll(List.of(COMMAND));
    RunEngine counted = RunEngines.service(logged.toArray(new String[0]));
    String steps =
        "FROM tools:1\nENV PATH=/bin\nRUN echo x >/opt/f\nCOPY a /opt/\nRUN cat /opt/* >/";
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      HostPrograms.image(store, folder).tag("tools:1");
      for (String last : List.of("var/one", "var/two")) {
        try (Container box =
            ImageBuilder.fromText(steps + last)
                .context(BuildContext.of(Map.of("a", "a\n".getBytes(UTF_8))))
                .store(store)
                .engine(counted)
                .build()
                .newContainer()) {
          assertThat(Files.readString(box.path("/" + last))).isEqualTo("a\nx\n");
        }
      }
    }
    List<String> asked = Files.readAllLines(log);
    assertThat(asked).containsOnlyOnce("import");
    assertThat(asked).doesNotContain("save", "export");
  }

  @Test
  void secretVariableStaysInNoImage() throws Exception {
    String secret = "s3cret-" + System.nanoTime();
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      HostPrograms.image(store, folder).tag("tools:1");
      String dockerfile =
          """
          FROM tools:1
          ENV PATH=/bin
          RUN --mount=type=secret,id=t,env=TOKEN echo x >/opt/f
          RUN echo y >/opt/g
          """;
      Image unused =
          ImageBuilder.fromText(dockerfile)
              .secrets(Secrets.none().withValue("t", secret.getBytes(UTF_8)))
              .store(store)
              .engine(engine)
              .build();
    }
    ServiceProgram program = new ServiceProgram(List.of(COMMAND));
    List<String> inspect = new ArrayList<>(List.of("image", "inspect"));
    program.require("images", "--quiet", "lamina-root").lines().forEach(inspect::add);

    assertThat(program.answer(inspect)).contains("PATH=/bin").doesNotContain(secret);
  }

  @Test
  void nothingChangedIsNoChange() throws Exception {
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      assertThat(EngineContract.run(session, shell("true")).changes()).isEqualTo(Changes.none());
    }
  }

  @Test
  void userDirectoryEnvironmentAndInputAreTheSpecs() throws Exception {
    ProcessUser alice = UserDatabase.of(HostPrograms.tree()).resolve("alice");
    ProcessSpec spec =
        shell("id -u; id -G; pwd; echo $HOME $A $TOKEN; cat").toBuilder()
            .env(Map.of("PATH", "/bin", "A", "a b"))
            .secretEnv(Map.of("TOKEN", "t"))
            .user(alice)
            .workingDirectory("/home/alice")
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProcessIo io =
        new ProcessIo(Optional.of(new ByteArrayInputStream("typed".getBytes(UTF_8))), out, out);
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      assertThat(session.start(spec, io).waitFor()).isZero();
    }
    assertThat(out.toString(UTF_8))
        .isEqualTo("1000\n1000 29 50\n/home/alice\n/home/alice a b t\ntyped");
  }

  @Test
  void missingProgramIs127() throws Exception {
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      ProcessSpec spec = ProcessSpec.command("/no/such").build();
      assertThat(EngineContract.run(session, spec).code()).isEqualTo(127);
    }
  }

  @Test
  void killedProcessIsGone() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (RunSession session = engine.open(HostPrograms.root(), folder)) {
      RunningProcess process =
          session.start(shell("echo up; sleep 600"), ProcessIo.lines(lines::add, lines::add));
      assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo("up");
      assertThatThrownBy(() -> session.start(shell("true"), ProcessIo.discarding()))
          .hasMessageContaining("expected one process of a session at a time");

      process.kill();
      assertThat(process.isAlive()).isFalse();
      assertThat(process.waitFor()).isEqualTo(137);
    }
  }

  @Test
  void containerOfAKilledJvmIsRemovedByTheNextSession() throws Exception {
    List<String> command =
        ChildJvm.command(
            ServiceEngineTest.class,
            List.of("-Xmx128m", "-Dlamina.test.service=" + String.join(" ", COMMAND)));
    command.add(folder.toString());
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).isEqualTo("up");
    } finally {
      child.destroyForcibly().waitFor();
    }
    String id = sessions().get(0);
    ServiceProgram program = new ServiceProgram(List.of(COMMAND));
    String filter = "label=dev.lamina.session=" + id;
    assertThat(program.require("ps", "--all", "--quiet", "--filter", filter)).isNotEmpty();

    engine.open(HostPrograms.root(), folder).close();

    assertThat(program.require("ps", "--all", "--quiet", "--filter", filter)).isEmpty();
    assertThat(program.require("images", "--quiet", "--filter", filter)).isEmpty();
    assertThat(left()).isZero();
  }

  private List<String> sessions() throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("[0-9a-f-]{36}.lock"))
          .map(name -> name.replace(".lock", ""))
          .toList();
    }
  }

  /** The JVM that is killed. */
  public static void main(String[] arguments) throws Exception {
    RunSession session =
        RunEngines.service(COMMAND).open(HostPrograms.root(), Path.of(arguments[0]));
    int unused =
        session
            .start(
                shell("echo up; sleep 600"),
                ProcessIo.lines(System.out::println, System.err::println))
            .waitFor();
  }

  @Test
  void dockerfileIsBuiltWithMountsThatLeaveNothing() throws Exception {
    String run =
        "RUN --mount=type=bind,target=/ctx --mount=type=cache,target=/cache"
            + " --mount=type=secret,id=token --mount=type=tmpfs,target=/fast cat /ctx/a"
            + " /run/secrets/token >/opt/out; echo kept >>/cache/f; cp /cache/f /opt/f; echo"
            + " >/fast/x\n";
    try (ImageStore store = ImageStore.open(folder.resolve("store"))) {
      HostPrograms.image(store, folder).tag("tools:1");
      try (Container box =
          ImageBuilder.fromText("FROM tools:1\nENV PATH=/bin\n" + run + "ENV TWICE=1\n" + run)
              .context(BuildContext.of(Map.of("a", "from the context ".getBytes(UTF_8))))
              .secrets(Secrets.none().withValue("token", "s3cret".getBytes(UTF_8)))
              .store(store)
              .engine(engine)
              .build()
              .newContainer(engine)) {
        assertThat(Files.readString(box.path("/opt/out"))).isEqualTo("from the context s3cret");
        assertThat(Files.readString(box.path("/opt/f"))).isEqualTo("kept\nkept\n");
        for (String place : List.of("/ctx", "/cache", "/fast", "/run")) {
          assertThat(box.path(place)).doesNotExist();
        }
        assertThat(box.exec("cat", "/opt/f")).isEqualTo(new ExecResult(0, "kept\nkept\n"));
      }
    }
  }
}
