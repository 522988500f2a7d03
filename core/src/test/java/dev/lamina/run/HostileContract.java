// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.oci.Digest;
import dev.lamina.spi.Mount;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an engine makes of images and processes that are after the host's files: a folder beside the
 * engine's own, which nothing may read or write.
 */
abstract class HostileContract extends MountContract {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
  private static final String BYTES = "the host's own bytes\n";

  private Path sentinel;

  @Override
  @BeforeEach
  void engineWorksHere() throws IOException {
    super.engineWorksHere();
    sentinel = Files.createTempDirectory(folder, "sentinel");
    Files.writeString(sentinel.resolve("f"), BYTES);
  }

  private void requireUntouched() throws IOException {
    try (var files = Files.list(sentinel)) {
      assertThat(files).containsExactly(sentinel.resolve("f"));
    }
    assertThat(sentinel.resolve("f")).hasContent(BYTES);
  }

  private static Node link(String target) {
    return Node.symlink(Metadata.of(0777, TIME), target);
  }

  private static FileTree with(Node node, String... paths) throws IOException {
    Changes.Builder removed = Changes.builder();
    Changes.Builder put = Changes.builder();
    for (String path : paths) {
      removed.remove(TreePath.of(path));
      put.put(TreePath.of(path), node);
    }
    return HostPrograms.tree().apply(removed.build()).apply(put.build());
  }

  /** Runs a line in a root with one thing in some places; an engine may refuse, not do harm. */
  private String attack(String script, Node node, String... paths) throws Exception {
    try {
      Outcome outcome = run(HostPrograms.root(with(node, paths)), shell(script).build());
      assertThat(outcome.out() + outcome.err()).doesNotContain(BYTES.strip());
      requireNoSentinelIn(outcome.changes());
      return outcome.out();
    } catch (RunException e) {
      return "refused";
    } finally {
      requireUntouched();
    }
  }

  @Test
  void linksInThePlaceOfWhatIsMountedLeadNowhere() throws Exception {
    for (String way : List.of("", "../../../..", "/oldroot")) {
      String unused =
          attack(
              "cat /etc/hosts /etc/resolv.conf; echo bad >/etc/hosts; echo bad >/etc/resolv.conf",
              link(way + sentinel + "/f"),
              "/etc/hosts",
              "/etc/resolv.conf");
    }
  }

  @Test
  void pipesAndDirectoriesInThePlaceOfWhatIsMountedHoldNothingUp() throws Exception {
    String[] files = {"/etc/hosts", "/etc/resolv.conf"};
    String unused = attack("true", Node.fifo(Metadata.of(0644, TIME)), files);
    unused = attack("true", Node.directory(Metadata.of(0755, TIME)), files);
    unused = attack("true", file("no directory"), "/dev", "/proc", "/sys");
  }

  @Test
  void directoriesOfTheKernelThatAreLinksAreRefused() throws Exception {
    assertThat(attack("ls /dev", link(sentinel.toString()), "/dev")).isEqualTo("refused");
    assertThat(attack("ls /proc", link("/oldroot" + sentinel), "/proc")).isEqualTo("refused");
    assertThat(attack("ls /sys", link("/opt"), "/sys")).isEqualTo("refused");
  }

  @Test
  void workingDirectoryBehindALinkIsNoDescriptorOfTheEngine() throws Exception {
    for (int i : new int[] {3, 7, 8}) {
      FileTree tree = with(link("/proc/self/fd/" + i), "/w");
      ProcessSpec spec = shell("pwd").workingDirectory("/w").build();
      assertThatThrownBy(() -> run(HostPrograms.root(tree), spec))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("working directory /w");
    }
  }

  @Test
  void workingDirectoryThatBecomesALinkLeadsNowhere() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      Outcome unused =
          run(session, shell("for i in $(seq 3 10); do ln -s /proc/self/fd/$i /w$i; done").build());
      for (int i = 3; i <= 10; i++) {
        ProcessSpec spec =
            shell("cat ../../../../../../../.." + sentinel + "/f")
                .workingDirectory("/w" + i)
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
          int code = session.start(spec, new ProcessIo(Optional.empty(), out, out)).waitFor();
          assertThat(code).isNotZero();
          assertThat(out.toString(UTF_8)).doesNotContain(BYTES);
        } catch (RunException e) {
          assertThat(e).hasMessageContaining("/w" + i);
        }
      }
    }
    requireUntouched();
  }

  @Test
  void programOfTheEngineIsNotTheImages() throws Exception {
    Path program = EngineProbe.find("runc").or(() -> EngineProbe.find("sh")).orElseThrow();
    Digest before = Digest.sha256(Files.readAllBytes(program));
    FileTree tree = with(link("/proc/self/exe"), "/bin/evil");
    for (String command : List.of("/proc/self/exe", "/bin/evil")) {
      try {
        Outcome unused =
            run(HostPrograms.root(tree), ProcessSpec.command(command, "-c", "exit 3").build());
      } catch (RunException e) {
        assertThat(e).hasMessageContaining(command);
      }
    }
    assertThat(Digest.sha256(Files.readAllBytes(program))).isEqualTo(before);
  }

  @Test
  void overlaysMarksOfTheImageAreFilesAndAttributes() throws Exception {
    Xattrs opaque = Xattrs.empty().with("user.overlay.opaque", "y".getBytes(UTF_8));
    FileTree tree =
        HostPrograms.tree()
            .apply(
                Changes.builder()
                    .put(TreePath.of("/opt/o/kept"), file("kept\n"))
                    .put(
                        TreePath.of("/opt/o"),
                        Node.directory(new Metadata(0755, 0, 0, TIME, opaque)))
                    .put(
                        TreePath.of("/opt/white"),
                        Node.device(Metadata.of(0600, TIME), false, 0, 0))
                    .build());

    Outcome outcome =
        run(HostPrograms.root(tree), shell("cat /opt/o/kept; echo x >/opt/o/new").build());

    assertThat(outcome.out()).isEqualTo("kept\n");
    FileTree after = tree.apply(outcome.changes());
    assertThat(names(after, "/opt")).containsExactly("o", "white");
    assertThat(names(after, "/opt/o")).containsExactly("kept", "new");
    assertThat(after.node(TreePath.of("/opt/o")).orElseThrow().xattrs()).isEqualTo(opaque);
  }

  @Test
  void linkInACacheLeadsNoMountOut() throws Exception {
    List<String> ways =
        List.of(sentinel.toString(), "/oldroot" + sentinel, "../oldroot" + sentinel);
    Mount.Cache cache = cache("links" + System.nanoTime(), Mount.Sharing.SHARED);
    StringBuilder links = new StringBuilder();
    for (int i = 0; i < ways.size(); i++) {
      links.append("ln -s ").append(ways.get(i)).append(" /var/cache/x/way").append(i).append(';');
    }
    Outcome unused = run(HostPrograms.root(), shell(links.toString()).mount(cache).build());
    for (int i = 0; i < ways.size(); i++) {
      String target = "/var/cache/x/way" + i + "/in";
      ProcessSpec spec =
          shell("echo bad >" + target + "/new")
              .mount(cache)
              .mount(new Mount.Bind(target, other(), "/src", true))
              .build();
      try {
        unused = run(HostPrograms.root(), spec);
      } catch (RunException e) {
        assertThat(e).hasMessageContaining(target);
      }
      requireUntouched();
    }
  }

  @Test
  void mountAmongTheKernelsFilesIsRefused() throws Exception {
    for (String target :
        List.of("/proc/self/root/oldroot" + sentinel + "/new", "/opt/../proc/1/cwd/x", "/sys/x")) {
      ProcessSpec spec = shell("true").mount(new Mount.Bind(target, other(), "/src", true)).build();
      assertThatThrownBy(() -> run(HostPrograms.root(), spec))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("expected a place of the image");
    }
    requireUntouched();
  }

  @Test
  void mountInAMountIsThere() throws Exception {
    ProcessSpec spec =
        shell("cat /var/cache/x/deep/in/a; echo kept >/var/cache/x/f")
            .mount(cache("nested" + System.nanoTime(), Mount.Sharing.SHARED))
            .mount(new Mount.Bind("/var/cache/x/deep/in", other(), "/src", false))
            .build();

    assertThat(run(HostPrograms.root(), spec).out()).isEqualTo("a\n");
  }

  @Test
  void directoryThatKeepsBecomingALinkIsNeverFollowed() throws Exception {
    String swap =
        "mkdir /opt/d; echo in >/opt/d/f; mkfifo /opt/up; echo up; while :; do mv /opt/d /opt/e; ln"
            + " -s %1$s /opt/d; rm /opt/d; mv /opt/e /opt/d; done";
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      RunningProcess swapping =
          session.start(
              shell(swap.formatted(sentinel)).build(), ProcessIo.lines(lines::add, line -> {}));
      assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("up");
      for (int i = 0; i < 40; i++) {
        try {
          requireNoSentinelIn(session.changes());
        } catch (RunException | NoSuchFileException e) {
          assertThat(swapping.isAlive()).isTrue(); // it was not still for long enough
        }
      }
      swapping.kill();
      requireNoSentinelIn(session.changes());
    }
    requireUntouched();
  }

  private static void requireNoSentinelIn(Changes changes) throws IOException {
    for (Change change : changes) {
      if (change instanceof Change.Put put && put.node() instanceof Node.File file) {
        assertThat(new String(file.content().toByteArray(), UTF_8)).doesNotContain(BYTES);
      }
    }
  }

  @Test
  void devicesOfTheHostAreNotOpened() throws Exception {
    String device = "c 10 237"; // loop-control: opening it does nothing
    String each =
        "for at in /opt /dev /dev/shm /mnt/bound /mnt/kept /mnt/fast; do mknod -m 666 $at/own "
            + device
            + "; (exec 3<$at/own) && echo opened $at; done; true";
    ProcessSpec spec =
        shell(each)
            .mount(new Mount.Bind("/mnt/bound", HostPrograms.root(), "/opt", true))
            .mount(
                new Mount.Cache(
                    "/mnt/kept", "d", Mount.Sharing.SHARED, 0755, 0, 0, true, Optional.empty()))
            .mount(new Mount.Tmpfs("/mnt/fast", OptionalLong.empty(), true))
            .build();

    assertThat(run(HostPrograms.root(), spec).out()).isEmpty();
  }
}
