// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.Mount;
import dev.lamina.spi.ProcessIo;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.spi.RootFs;
import dev.lamina.spi.RunException;
import dev.lamina.spi.RunSession;
import dev.lamina.spi.RunningProcess;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an engine makes of {@code RUN --mount}, on top of what every engine does. */
abstract class MountContract extends EngineContract {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

  static Node.File file(String text) {
    return Node.file(Metadata.of(0644, TIME), Content.of(text.getBytes(UTF_8)));
  }

  /** A root with /src/a and /src/d/b, and a link /link to /src. */
  static RootFs other() throws IOException {
    Changes changes =
        Changes.builder()
            .put(TreePath.of("/src/a"), file("a\n"))
            .put(TreePath.of("/src/d/b"), file("b\n"))
            .put(TreePath.of("/link"), Node.symlink(Metadata.of(0777, TIME), "/src"))
            .build();
    return new RootFs(FileTree.empty().apply(changes), java.util.List.of(), changes);
  }

  static Mount.Cache cache(String id, Mount.Sharing sharing) {
    return new Mount.Cache("/var/cache/x", id, sharing, 0755, 0, 0, true, Optional.empty());
  }

  private Outcome with(Mount mount, String script) throws Exception {
    return run(HostPrograms.root(), shell(script).mount(mount).build());
  }

  @Test
  void boundDirectoryIsReadOnly() throws Exception {
    Outcome outcome =
        with(
            new Mount.Bind("/mnt/x", other(), "/src", false),
            "cd /mnt/x; cat a d/b; touch c || echo refused");

    assertThat(outcome.out()).isEqualTo("a\nb\nrefused\n");
    assertThat(outcome.changes()).isEqualTo(Changes.none());
  }

  @Test
  void boundFileIsAFile() throws Exception {
    assertThat(
            with(new Mount.Bind("/opt/f", other(), "/link/a", false), "cat /opt/f; ls /opt").out())
        .isEqualTo("a\nf\n");
  }

  @Test
  void whatIsWrittenToABindIsThrownAway() throws Exception {
    RootFs from = other();
    Outcome first =
        with(
            new Mount.Bind("/mnt", from, "/src", true),
            "echo more >>/mnt/a; rm /mnt/d/b; cat /mnt/a");
    Outcome second = with(new Mount.Bind("/mnt", from, "/src", true), "cat /mnt/a /mnt/d/b");

    assertThat(first.out()).isEqualTo("a\nmore\n");
    assertThat(first.changes()).isEqualTo(Changes.none());
    assertThat(second.out()).isEqualTo("a\nb\n");
  }

  @Test
  void boundSourceStaysInItsRoot() throws Exception {
    assertThat(
            with(new Mount.Bind("/mnt", other(), "/../../src/../link", false), "cat /mnt/a").out())
        .isEqualTo("a\n");
    assertThatThrownBy(() -> with(new Mount.Bind("/mnt", other(), "/etc/passwd", false), "true"))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("/etc/passwd: not found");
  }

  @Test
  void targetStaysInTheRoot() throws Exception {
    FileTree tree =
        HostPrograms.tree()
            .apply(
                Changes.builder()
                    .put(
                        TreePath.of("/opt/out"),
                        Node.symlink(
                            Metadata.of(0777, TIME), "../../../../../../tmp/lamina-escape"))
                    .build());
    ProcessSpec spec =
        shell("cat /tmp/lamina-escape/deep/x")
            .mount(new Mount.Bind("/opt/../opt/out/deep/x", other(), "/src/a", false))
            .build();

    assertThat(run(HostPrograms.root(tree), spec).out()).isEqualTo("a\n");
    assertThat(Path.of("/tmp/lamina-escape")).doesNotExist();
  }

  @Test
  void missingTargetsAreGoneAfterwards() throws Exception {
    Outcome outcome =
        with(new Mount.Bind("/a/b/c", other(), "/src", false), "ls -d /a/b/c; touch /a/kept");

    assertThat(outcome.out()).isEqualTo("/a/b/c\n");
    assertThat(paths(outcome.changes())).containsExactly("/a", "/a/kept");
  }

  @Test
  void targetsOfLaterProcessesAreGoneToo() throws Exception {
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      Outcome unused = run(session, shell("true").build());
      ProcessSpec spec =
          shell("cat /a/b/f").mount(new Mount.Bind("/a/b/f", other(), "/src/a", false)).build();
      Outcome second = run(session, spec);

      assertThat(second.out()).isEqualTo("a\n");
      assertThat(paths(second.changes())).doesNotContain("/a", "/a/b", "/a/b/f");
    }
  }

  @Test
  void cacheKeepsWhatIsWritten() throws Exception {
    Mount cache = cache("keeps", Mount.Sharing.SHARED);

    Outcome first = with(cache, "stat -c '%a %u' /var/cache/x; echo kept >/var/cache/x/f");
    Outcome second = with(cache, "cat /var/cache/x/f");

    assertThat(first.out()).isEqualTo("755 0\n");
    assertThat(first.changes()).isEqualTo(Changes.none());
    assertThat(second.out()).isEqualTo("kept\n");
  }

  @Test
  void cacheIsMadeWithItsOwner() throws Exception {
    assertThat(with(owned("owned", Optional.empty()), "stat -c '%a %u %g' /var/cache/x").out())
        .isEqualTo("700 1000 50\n");
    Mount plain = cache("owned", Mount.Sharing.SHARED);
    assertThat(with(plain, "stat -c '%a %u %g' /var/cache/x").out()).isEqualTo("755 0 0\n");
  }

  @Test
  void cacheStartsAsItsSeed() throws Exception {
    Mount mount = owned("seeded", Optional.of(new Mount.Seed(other(), "/src")));

    assertThat(with(mount, "stat -c '%a %u %g' /var/cache/x; cat /var/cache/x/a").out())
        .isEqualTo("755 0 0\na\n");
  }

  private static Mount owned(String id, Optional<Mount.Seed> seed) {
    return new Mount.Cache("/var/cache/x", id, Mount.Sharing.SHARED, 0700, 1000, 50, true, seed);
  }

  @Test
  void lockedCacheIsForOneAtATime() throws Exception {
    Mount cache = cache("locked", Mount.Sharing.LOCKED);
    String script = "mkdir /var/cache/x/busy && sleep 0.3 && rmdir /var/cache/x/busy";
    try (RunSession one = engine().open(HostPrograms.root(), folder);
        RunSession two = engine().open(HostPrograms.root(), folder)) {
      RunningProcess first = one.start(shell(script).mount(cache).build(), ProcessIo.discarding());
      RunningProcess second = two.start(shell(script).mount(cache).build(), ProcessIo.discarding());

      assertThat(first.waitFor()).isZero();
      assertThat(second.waitFor()).isZero();
    }
  }

  @Test
  void sharedCacheIsForAllAtOnce() throws Exception {
    Mount cache = cache("shared", Mount.Sharing.SHARED);
    try (RunSession one = engine().open(HostPrograms.root(), folder);
        RunSession two = engine().open(HostPrograms.root(), folder)) {
      RunningProcess waits =
          one.start(
              shell("until test -e /var/cache/x/go; do sleep 0.05; done").mount(cache).build(),
              ProcessIo.discarding());
      assertThat(run(two, shell("touch /var/cache/x/go").mount(cache).build()).code()).isZero();
      assertThat(waits.waitFor(Duration.ofSeconds(30))).hasValue(0);
    }
  }

  @Test
  void privateCacheIsAnotherWhileItIsTaken() throws Exception {
    Mount cache = cache("private", Mount.Sharing.PRIVATE);
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    try (RunSession one = engine().open(HostPrograms.root(), folder);
        RunSession two = engine().open(HostPrograms.root(), folder)) {
      RunningProcess holds =
          one.start(
              shell("touch /var/cache/x/mine; echo up; sleep 600").mount(cache).build(),
              ProcessIo.lines(lines::add, lines::add));
      assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("up");
      Outcome other = run(two, shell("ls /var/cache/x").mount(cache).build());
      holds.kill();

      assertThat(other.out()).isEmpty();
    }
    assertThat(with(cache, "ls /var/cache/x").out()).isEqualTo("mine\n");
  }

  @Test
  void tmpfsIsEmptyAndOfItsSize() throws Exception {
    Outcome outcome =
        with(
            new Mount.Tmpfs("/opt", OptionalLong.of(1 << 20), true),
            "ls -A /opt; df -k /opt | tail -n 1 | tr -s ' ' | cut -d ' ' -f 2; echo >/opt/x");

    assertThat(outcome.out()).isEqualTo("1024\n");
    assertThat(outcome.changes()).isEqualTo(Changes.none());
  }

  /** Where nothing is, everyone may write, as with BuildKit. */
  @Test
  void tmpfsHasTheModeOfWhatItCovers() throws Exception {
    Mount covering = new Mount.Tmpfs("/opt", OptionalLong.empty(), true);
    Mount alone = new Mount.Tmpfs("/none/such", OptionalLong.empty(), true);

    assertThat(with(covering, "stat -c %a /opt").out()).isEqualTo("755\n");
    assertThat(with(alone, "stat -c %a /none/such /none").out()).isEqualTo("1777\n755\n");
  }

  @Test
  void aStubThatAProcessOnlyChangedIsNoChange() throws Exception {
    Mount deep = new Mount.Tmpfs("/none/such", OptionalLong.empty(), true);

    assertThat(with(deep, "chmod 700 /none").changes()).isEqualTo(Changes.none());
    assertThat(with(deep, "chmod 700 /none; echo > /none/x").changes().stream())
        .extracting(change -> change.path().toString())
        .containsExactly("/none", "/none/x");
  }

  @Test
  void tmpfsMayBeReadOnly() throws Exception {
    Mount empty = new Mount.Tmpfs("/opt", OptionalLong.empty(), false);

    assertThat(with(empty, "ls -A /opt; touch /opt/x || echo refused").out())
        .isEqualTo("refused\n");
  }

  @Test
  void secretIsAReadOnlyFileOfItsOwner() throws Exception {
    Mount secret =
        new Mount.Secret("/run/secrets/s", Content.of("hush".getBytes(UTF_8)), 0400, 1000, 50);

    Outcome outcome =
        with(
            secret,
            "stat -c '%a %u %g' /run/secrets/s; cat /run/secrets/s; echo x >/run/secrets/s || echo"
                + " refused");

    assertThat(outcome.out()).isEqualTo("400 1000 50\nhushrefused\n");
    assertThat(outcome.changes()).isEqualTo(Changes.none());
  }

  @Test
  void secretsReachNoDisk() throws Exception {
    String token = "token" + System.nanoTime();
    ProcessSpec spec =
        shell("echo ready; cat >/dev/null; sleep 600")
            .secretEnv(java.util.Map.of("TOKEN", token))
            .mount(new Mount.Secret("/s", Content.of(token.getBytes(UTF_8)), 0400, 0, 0))
            .build();
    var lines = new java.util.concurrent.LinkedBlockingQueue<String>();
    try (RunSession session = engine().open(HostPrograms.root(), folder)) {
      RunningProcess process = session.start(spec, ProcessIo.lines(lines::add, lines::add));
      assertThat(lines.poll(30, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("ready");
      assertThat(filesWith(token)).isEmpty();
      process.kill();
    }
    assertThat(filesWith(token)).isEmpty();
    assertThat(spec.toString()).doesNotContain(token);
  }

  private java.util.List<Path> filesWith(String token) throws IOException {
    java.util.List<Path> found = new java.util.ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && Files.isReadable(file) && holds(file, token)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // a user of the image's keeps it to himself
          }
        });
    return found;
  }

  private static boolean holds(Path path, String token) {
    try {
      return new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(token);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void agentSocketIsTheProcesssOwn() throws Exception {
    Path socket = folder.resolve("agent");
    try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      agent.bind(UnixDomainSocketAddress.of(socket));
      Mount ssh = new Mount.Ssh("/run/agent", socket, 0600, 1000, 50);

      assertThat(with(ssh, "stat -c '%a %u %g %F' /run/agent").out())
          .isEqualTo("600 1000 50 socket\n");
    }
  }
}
