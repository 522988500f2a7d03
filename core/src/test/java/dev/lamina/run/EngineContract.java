// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.NetworkMode;
import dev.lamina.spi.Probe;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.ProcessUser;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunEngine;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import dev.lamina.spi.Ulimit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every engine that runs real processes must do. A subclass names the engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EngineContract {
  public static final Map<String, String> PATH = Map.of("PATH", "/bin");

  @TempDir static Path folder;
  private Probe probe;

  /** Returns the engine. */
  abstract RunEngine engine();

  /** What came of one command in a session of its own. */
  public record Outcome(int code, String out, String err, Changes changes) {}

  @BeforeEach
  void engineWorksHere() throws IOException {
    if (probe == null) {
      probe = engine().probe();
    }
    assumeTrue(probe instanceof Probe.Available, () -> "skipped: " + probe);
  }

  ProcessSpec.Builder shell(String script) {
    return ProcessSpec.command("sh", "-c", script).env(PATH);
  }

  Outcome run(String script) throws Exception {
    return run(HostPrograms.root(), shell(script).build());
  }

  Outcome run(RootFs root, ProcessSpec spec) throws Exception {
    try (RunSession session = engine().open(root, folder)) {
      return run(session, spec);
    }
  }

  public static Outcome run(RunSession session, ProcessSpec spec) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = session.start(spec, new ProcessIo(Optional.empty(), out, err)).waitFor();
    return new Outcome(code, out.toString(UTF_8), err.toString(UTF_8), session.changes());
  }

  static List<String> paths(Changes changes) {
    return changes.stream().map(change -> change.path().toString()).toList();
  }

  static Node put(Changes changes, String path) {
    return changes.stream()
        .filter(change -> change instanceof Change.Put && change.path().equals(TreePath.of(path)))
        .map(change -> ((Change.Put) change).node())
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing put at " + path + ":\n" + changes));
  }

  /** Where root is the only user, the probe says what that means. */
  @Test
  void probeWarnsOfALonelyRoot() {
    boolean alone =
        engine() instanceof HostEngine && probe.toString().contains("rootless, root alone");
    assertThat(((Probe.Available) probe).warnings())
        .filteredOn(warning -> warning.contains("the image has one user and one group"))
        .hasSize(alone ? 1 : 0);
  }

  @Test
  void exitCodeIsTheCommands() throws Exception {
    assertThat(run("exit 7").code()).isEqualTo(7);
  }

  @Test
  void endBySignalIs128AndItsNumber() throws Exception {
    assertThat(run("sh -c 'kill -9 $$'; exit $?").code()).isEqualTo(137);
  }

  @Test
  void missingProgramIs127() throws Exception {
    Outcome outcome = run(HostPrograms.root(), ProcessSpec.command("/no/such").env(PATH).build());

    assertThat(outcome.code()).isEqualTo(127);
    assertThat(outcome.err()).contains("/no/such");
  }

  @Test
  void stdoutAndStderrAreApart() throws Exception {
    Outcome outcome = run("echo one; echo two >&2; printf three");

    assertThat(outcome.out()).isEqualTo("one\nthree");
    assertThat(outcome.err()).isEqualTo("two\n");
  }

  @Test
  void linesComeWhileTheCommandRuns() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      RunningProcess process =
          session.start(
              shell("echo first; sleep 600").build(), ProcessIo.lines(lines::add, lines::add));

      assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("first");
      assertThat(process.isAlive()).isTrue();
      process.kill();
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void environmentIsTheSpecsAndHome() throws Exception {
    ProcessSpec spec =
        ProcessSpec.command("env")
            .env(Map.of("PATH", "/bin", "LANG", "x y"))
            .secretEnv(Map.of("TOKEN", "t"))
            .build();

    assertThat(run(HostPrograms.root(), spec).out().lines())
        .containsExactlyInAnyOrder("PATH=/bin", "LANG=x y", "TOKEN=t", "HOME=/root");
  }

  @Test
  void userGroupsAndHomeAreTheImages() throws Exception {
    ProcessUser alice = UserDatabase.of(HostPrograms.tree()).resolve("alice");
    ProcessSpec spec =
        shell("id -u; id -g; id -G; echo $HOME; touch /home/alice/x").user(alice).build();

    Outcome outcome = run(HostPrograms.root(), spec);

    assertThat(outcome.out()).isEqualTo("1000\n1000\n1000 29 50\n/home/alice\n");
    assertThat(put(outcome.changes(), "/home/alice/x").uid()).isEqualTo(1000);
  }

  @Test
  void commandBeginsInItsWorkingDirectory() throws Exception {
    ProcessSpec spec = ProcessSpec.command("pwd").env(PATH).workingDirectory("/home/alice").build();

    assertThat(run(HostPrograms.root(), spec).out()).isEqualTo("/home/alice\n");
  }

  @Test
  void workingDirectoryCannotBeADescriptorOfTheEngine() throws Exception {
    for (int i = 3; i <= 20; i++) {
      ProcessSpec spec = shell("pwd").workingDirectory("/proc/self/fd/" + i).build();
      assertThatThrownBy(() -> run(HostPrograms.root(), spec)).isInstanceOf(RunException.class);
    }
  }

  @Test
  void processHasNoDescriptorsButTheThree() throws Exception {
    assertThat(run("ls /proc/self/fd").out())
        .isEqualTo("0\n1\n2\n3\n"); // 3 is ls reading the directory
  }

  @Test
  void stdinIsAtItsEnd() throws Exception {
    assertThat(run("cat; echo $?; read x || echo none").out()).isEqualTo("0\nnone\n");
  }

  @Test
  void stdinIsTheCallers() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProcessIo io =
        new ProcessIo(Optional.of(new ByteArrayInputStream("hello".getBytes(UTF_8))), out, out);
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      assertThat(session.start(shell("cat").build(), io).waitFor()).isZero();
    }
    assertThat(out.toString(UTF_8)).isEqualTo("hello");
  }

  @Test
  void commandThatChangesNothingLeavesNoChanges() throws Exception {
    assertThat(run("true").changes()).isEqualTo(Changes.none());
  }

  @Test
  void rootWithoutMountPointsGetsNone() throws Exception {
    FileTree tree =
        HostPrograms.tree()
            .apply(
                Changes.builder()
                    .remove(TreePath.of("/proc"))
                    .remove(TreePath.of("/dev"))
                    .remove(TreePath.of("/sys"))
                    .build());

    Outcome outcome = run(HostPrograms.root(tree), shell("ls /; touch /etc/made").build());

    assertThat(outcome.out()).contains("dev\n", "proc\n", "sys\n");
    assertThat(paths(outcome.changes())).containsExactly("/etc", "/etc/made");
  }

  @Test
  void sandboxFilesAreMountedOverTheImages() throws Exception {
    Outcome outcome =
        run(
            "cat /etc/hosts; hostname; test -c /dev/null && test -w /dev/null && echo null; echo x"
                + " >/dev/shm/y && echo shm");

    assertThat(outcome.out())
        .isEqualTo(
            """
            127.0.0.1\tlocalhost buildkitsandbox
            ::1\tlocalhost ip6-localhost ip6-loopback
            buildkitsandbox
            null
            shm
            """);
  }

  @Test
  void changesHoldEveryKindOfFile() throws Exception {
    Changes changes =
        run("cd /opt; umask 022; mkdir d; echo text >d/f; ln d/f d/g; ln -s ../x d/l; mkfifo d/p;"
                + " chmod 4711 d/f; touch -d @7.123456789 d/f")
            .changes();

    assertThat(paths(changes))
        .containsExactly("/opt", "/opt/d", "/opt/d/f", "/opt/d/g", "/opt/d/l", "/opt/d/p");
    Node.File file = (Node.File) put(changes, "/opt/d/f");
    assertThat(file.mode()).isEqualTo(04711);
    assertThat(file.mtime()).isEqualTo(Instant.ofEpochSecond(7, 123_456_789));
    assertThat(file.size()).isEqualTo(5);
    assertThat(changes.asList().get(3))
        .isEqualTo(new Change.Link(TreePath.of("/opt/d/g"), TreePath.of("/opt/d/f")));
    assertThat(((Node.Symlink) put(changes, "/opt/d/l")).target()).isEqualTo("../x");
    assertThat(put(changes, "/opt/d/p")).isInstanceOf(Node.Fifo.class);
  }

  @Test
  void contentsCanBeReadWhileTheSessionIsOpen() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      Outcome outcome = run(session, shell("echo text >/opt/f").build());

      Node.File file = (Node.File) put(outcome.changes(), "/opt/f");
      assertThat(new String(file.content().toByteArray(), UTF_8)).isEqualTo("text\n");
    }
  }

  @Test
  void namesAreBytes() throws Exception {
    Changes changes =
        run("cd /opt; touch \"$(printf '\\377')\" \"$(printf 'a\\nb')\" 'é' 'q?'").changes();

    assertThat(paths(changes))
        .containsExactly("/opt", "/opt/a\nb", "/opt/q?", "/opt/é", "/opt/\udcff");
  }

  @Test
  void removedAndReplacedIsSeen() throws Exception {
    FileTree tree =
        HostPrograms.tree()
            .apply(
                Changes.builder()
                    .put(TreePath.of("/opt/a/b"), Node.directory(Metadata.of(0755, Instant.EPOCH)))
                    .put(
                        TreePath.of("/opt/a/f"),
                        Node.file(Metadata.of(0644, Instant.EPOCH), Content.empty()))
                    .put(
                        TreePath.of("/opt/c"),
                        Node.file(Metadata.of(0644, Instant.EPOCH), Content.empty()))
                    .put(
                        TreePath.of("/opt/e/f"),
                        Node.file(Metadata.of(0644, Instant.EPOCH), Content.empty()))
                    .build());

    Outcome outcome =
        run(
            HostPrograms.root(tree),
            shell(
                    "cd /opt; rm -r a; mkdir a; echo new >a/x; rm c; mkdir c; rm e/f; rm -r"
                        + " /home/alice")
                .build());

    FileTree after = tree.apply(outcome.changes());
    assertThat(names(after, "/opt")).containsExactly("a", "c", "e");
    assertThat(names(after, "/opt/a")).containsExactly("x");
    assertThat(names(after, "/opt/c")).isEmpty();
    assertThat(names(after, "/opt/e")).isEmpty();
    assertThat(names(after, "/home")).isEmpty();
  }

  static List<String> names(FileTree tree, String path) {
    return Stream.of(((Node.Directory) tree.node(TreePath.of(path)).orElseThrow()).names())
        .flatMap(names -> java.util.stream.StreamSupport.stream(names.spliterator(), false))
        .toList();
  }

  @Test
  void laterProcessesSeeWhatEarlierOnesDid() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      Outcome unused = run(session, shell("echo one >/opt/f").build());
      Outcome second = run(session, shell("cat /opt/f; echo two >>/opt/f").build());

      assertThat(second.out()).isEqualTo("one\n");
      assertThat(((Node.File) put(second.changes(), "/opt/f")).size()).isEqualTo(8);
    }
  }

  @Test
  void processesOfOneSessionRunSideBySide() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      RunningProcess waits =
          session.start(
              shell("until test -e /opt/go; do sleep 0.05; done").build(), ProcessIo.discarding());
      assertThat(run(session, shell("touch /opt/go").build()).code()).isZero();

      assertThat(waits.waitFor(Duration.ofSeconds(30))).hasValue(0);
    }
  }

  @Test
  void processLeftBehindEndsWithItsCommand() throws Exception {
    String mark = "10" + System.nanoTime() % 1_000_000;

    assertThat(run("sleep " + mark + " >/dev/null 2>&1 & echo started").out())
        .isEqualTo("started\n");

    assertThat(commandLines()).noneMatch(line -> line.contains(mark));
  }

  static List<String> commandLines() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .map(process -> process.resolve("cmdline"))
          .filter(Files::isReadable)
          .map(EngineContract::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // ended meanwhile
    }
  }

  @Test
  void closingTheSessionEndsItsProcessesAndRemovesItsFiles() throws Exception {
    String mark = "20" + System.nanoTime() % 1_000_000;
    RunningProcess process;
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      process = session.start(shell("echo >/opt/f; sleep " + mark).build(), ProcessIo.discarding());
      assertThat(process.waitFor(Duration.ofMillis(1))).isEmpty();
    }

    assertThat(process.waitFor(Duration.ofSeconds(30))).isPresent();
    assertThat(commandLines()).noneMatch(line -> line.contains(mark));
    try (Stream<Path> workspaces = Files.list(folder)) {
      for (Path sessions :
          workspaces.map(w -> w.resolve("sessions")).filter(Files::exists).toList()) {
        try (Stream<Path> files = Files.list(sessions)) {
          assertThat(files).allMatch(Files::isRegularFile);
        }
      }
    }
  }

  @Test
  void networkNoneHasLoopbackOnly() throws Exception {
    ProcessSpec spec =
        shell("ls /sys/class/net; cut -d: -f1 /proc/net/dev | tr -d ' ' | tail -n +3")
            .network(NetworkMode.NONE)
            .build();

    assertThat(run(HostPrograms.root(), spec).out().lines().distinct()).containsExactly("lo");
  }

  @Test
  void limitsAndSharedMemoryAreTheSpecs() throws Exception {
    ProcessSpec spec =
        shell("ulimit -Sn; ulimit -Hn; df -k /dev/shm | tail -n1 | tr -s ' ' | cut -d' ' -f2")
            .ulimits(List.of(new Ulimit("nofile", 100, 200)))
            .shmSize(OptionalLong.of(1 << 20))
            .build();

    assertThat(run(HostPrograms.root(), spec).out()).isEqualTo("100\n200\n1024\n");
  }

  @Test
  void kernelsFilesAreMaskedAndReadOnly() throws Exception {
    String script =
        "head -c1 /proc/kcore | wc -c; ls /sys/firmware | wc -l;"
            + " (echo x >/proc/sys/kernel/domainname) 2>/dev/null || echo refused";

    assertThat(run(script).out()).isEqualTo("0\n0\nrefused\n");
  }

  @Test
  void extraHostsAreInHosts() throws Exception {
    ProcessSpec spec = shell("tail -n 1 /etc/hosts").extraHosts(Map.of("db", "10.0.0.7")).build();

    assertThat(run(HostPrograms.root(), spec).out()).isEqualTo("10.0.0.7\tdb\n");
  }

  @Test
  void writesOf64KibLinesAndMoreAreBounded() throws Exception {
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      ProcessIo io = ProcessIo.lines(lines::add, lines::add);
      assertThat(
              session
                  .start(shell("head -c 200000 /dev/zero | tr '\\0' x; echo; echo end").build(), io)
                  .waitFor())
          .isZero();
    }

    assertThat(lines).hasSize(5).allMatch(line -> line.length() <= 65536);
  }

  @Test
  void rootWithoutLayersIsARootToo() throws Exception {
    FileTree tree = HostPrograms.tree();
    RootFs root = new RootFs(tree, List.of(), tree.diff(FileTree.empty()));

    Outcome outcome = run(root, shell("echo x >/opt/x").build());

    assertThat(paths(outcome.changes())).containsExactly("/opt", "/opt/x");
  }

  static Node.File text(String text) {
    return Node.file(
        Metadata.of(0644, Instant.parse("2024-05-06T07:08:09.123456789Z")),
        Content.of(text.getBytes(UTF_8)));
  }

  @Test
  void changesAppliedBeforeTheFirstProcessAreSeenAndAreChanges() throws Exception {
    Changes edit =
        Changes.builder()
            .put(TreePath.of("/opt/f"), text("java\n"))
            .remove(TreePath.of("/home/alice"))
            .build();
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      session.apply(edit);
      Outcome outcome = run(session, shell("cat /opt/f; ls /home; echo x >/opt/g").build());

      assertThat(outcome.out()).isEqualTo("java\n");
      assertThat(put(outcome.changes(), "/opt/f").mtime()).isEqualTo(text("").mtime());
      assertThat(HostPrograms.tree().apply(outcome.changes()).node(TreePath.of("/home/alice")))
          .isEmpty();
      assertThat(paths(outcome.changes())).contains("/opt/g");
    }
  }

  @Test
  void changesAppliedWithoutAnyProcessAreChanges() throws Exception {
    Changes edit = Changes.builder().put(TreePath.of("/opt/f"), text("java\n")).build();
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      session.apply(edit);

      assertThat(paths(session.changes())).contains("/opt/f");
    }
  }

  @Test
  void changesAppliedWhileAProcessRunsAreSeenByIt() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      BlockingQueue<String> lines = new LinkedBlockingQueue<>();
      RunningProcess waits =
          session.start(
              shell("echo up; until test -e /opt/go; do sleep 0.05; done; cat /opt/go; ls -d /root")
                  .build(),
              ProcessIo.lines(lines::add, line -> {}));
      assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("up");

      session.apply(Changes.builder().remove(TreePath.of("/root")).build());
      session.apply(Changes.builder().put(TreePath.of("/opt/go"), text("go on\n")).build());

      assertThat(waits.waitFor(Duration.ofSeconds(30))).isPresent();
      assertThat(lines).containsExactly("go on");
      assertThat(paths(session.changes())).contains("/opt/go", "/root");
    }
  }

  @Test
  void whatOneProcessDidIsReadWhileAnotherRuns() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      RunningProcess daemon = session.start(shell("sleep 600").build(), ProcessIo.discarding());
      Outcome outcome = run(session, shell("echo x >/opt/f").build());

      assertThat(paths(outcome.changes())).contains("/opt/f");
      assertThat(daemon.isAlive()).isTrue();
    }
  }

  @Test
  void appliedChangesReplaceWhatIsOfAnotherKind() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      Outcome first =
          run(
              session,
              shell("mkdir -p /opt/d/e; echo x >/opt/d/e/f; echo y >/opt/f; echo z >/opt/m")
                  .build());
      Node moved = put(first.changes(), "/opt/m");
      session.apply(
          Changes.builder()
              .put(TreePath.of("/opt/d"), text("file\n"))
              .remove(TreePath.of("/opt/m"))
              .put(TreePath.of("/opt/n"), moved)
              .put(TreePath.of("/opt/f"), Node.directory(Metadata.of(0700, Instant.EPOCH)))
              .put(TreePath.of("/opt/l"), Node.symlink(Metadata.of(0777, Instant.EPOCH), "d"))
              .build());

      Outcome second =
          run(session, shell("cat /opt/l /opt/n; stat -c '%F %a' /opt/f; ls /opt").build());
      assertThat(second.out()).isEqualTo("file\nz\ndirectory 700\nd\nf\nl\nn\n");
    }
  }

  @Test
  void linkPutInTheWayOfAppliedChangesLeadsNowhere() throws Exception {
    Path sentinel = Files.createTempDirectory(folder, "sentinel");
    FileTree tree =
        HostPrograms.tree()
            .apply(
                Changes.builder()
                    .put(TreePath.of("/opt/d"), Node.directory(Metadata.of(0755, Instant.EPOCH)))
                    .build());
    try (RunSession session = engine().open(HostPrograms.root(tree), folder)) {
      int code =
          session
              .start(
                  shell("rmdir /opt/d; ln -s " + sentinel + " /opt/d").build(),
                  ProcessIo.discarding())
              .waitFor();
      assertThat(code).isZero();
      Changes edit = Changes.builder().put(TreePath.of("/opt/d/f"), text("x")).build();

      assertThatThrownBy(() -> session.apply(edit)).isInstanceOf(RunException.class);
      assertThat(sentinel).isEmptyDirectory();
    }
  }
}
