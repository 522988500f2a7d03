// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.Mount;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds made to get at the host's files, at secrets, or at all of the time and memory. */
class HostileBuildTest {
  private static final Duration SOON = Duration.ofSeconds(20); // on a busy machine

  @TempDir Path folder;
  private Path context;
  private byte[] token;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void makeContext() throws IOException {
    token = new byte[32];
    new Random(7).nextBytes(token);
    context = Files.createDirectories(folder.resolve("a/context"));
    Files.writeString(context.resolve("file"), "file");
    Files.createDirectories(context.resolve("sub"));
    Path outside = Files.createDirectories(folder.resolve("a/outside")).resolve("canary");
    Files.write(outside, token);
    Files.write(context.resolveSibling("canary"), token);
    Files.createSymbolicLink(context.resolve("relative"), Path.of("../canary"));
    Files.createSymbolicLink(context.resolve("absolute"), outside);
    Files.createSymbolicLink(context.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(context.resolve("away"), outside.getParent());
    Files.createSymbolicLink(context.resolve("sub/climb"), Path.of("../../.."));
  }

  private StoredImage build(BuildRequest request) throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      return new DockerfileBuilder(store, new StoreImages(store))
          .build(request.withListener(event -> told.add(event.toString())));
    }
  }

  private static BuildRequest request(String dockerfile) throws Exception {
    return BuildRequest.of(Dockerfile.parse(dockerfile));
  }

  /** Fails if the token is anywhere in the store or in what was told, as it is or encoded. */
  private void assertTokenIsNowhere() throws IOException {
    List<String> forms =
        List.of(
            new String(token, ISO_8859_1),
            Base64.getEncoder().withoutPadding().encodeToString(token),
            HexFormat.of().formatHex(token));
    assertThat(told).noneMatch(text -> forms.stream().anyMatch(text::contains));
    try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(unzipped(Files.readAllBytes(file)), ISO_8859_1);
        assertThat(forms).as(file.toString()).noneMatch(text::contains);
      }
    }
  }

  private static byte[] unzipped(byte[] bytes) throws IOException {
    if (bytes.length < 2 || bytes[0] != 0x1f || bytes[1] != (byte) 0x8b) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY ../canary /x/",
        "COPY ../../a/canary /x/",
        "COPY /../canary /x/",
        "COPY sub/../../canary /x/",
        "COPY relative /x/",
        "COPY absolute /x/",
        "COPY up/canary /x/",
        "COPY u*/canary /x/",
        "COPY away /x/",
        "COPY awa[y]/* /x/",
        "COPY sub/climb/a/canary /x/",
        "COPY --parents ../canary up/./canary /x/",
        "COPY --parents away/./* /x/",
        "COPY --parents **/canary /x/",
        "COPY . /x/",
        "COPY --exclude=sub . /x/",
        "COPY [\"../canary\", \"/x/\"]",
        "ADD ../canary /x/",
        "ADD relative absolute /x/",
        "RUN --mount=target=/m,source=../canary read",
        "RUN --mount=target=/m,source=up read",
      })
  void noSourceIsOutsideOfTheContext(String line) throws Exception {
    RunEngines engine =
        RunEngines.of(
            List.of(
                new LambdaEngine(
                    (process, files) -> {
                      for (var mount : process.mounts()) {
                        if (mount instanceof Mount.Bind bind) {
                          told.add(texts(bind.from().tree()));
                        }
                      }
                    })));
    try {
      told.add(
          texts(
              build(
                      request("FROM scratch\n" + line)
                          .withContext(BuildContext.folder(context))
                          .withEngines(engine))
                  .tree()));
    } catch (BuildException e) {
      told.add(e.getMessage());
    }
    assertTokenIsNowhere();
  }

  private static String texts(FileTree tree) {
    StringBuilder text = new StringBuilder();
    tree.forEach(
        (path, node) -> {
          if (node instanceof Node.File file) {
            try {
              text.append(new String(file.content().toByteArray(), ISO_8859_1));
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        });
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "/host/new, HOST/new",
    "/host/, HOST/file",
    "/above/new, /new",
    "/dangling/, /no/where/file",
    "/dangling, /no/where",
    "/twice/new, HOST/new",
  })
  void aDestinationsLinksAreTheImages(String destination, String place) throws Exception {
    Path host = Files.createDirectories(folder.resolve("host"));
    Map<String, String> links =
        Map.of(
            "host", host.toString(),
            "above", "../../../..",
            "dangling", "/no/where",
            "twice", "host",
            "loop", "loop");
    FileTree tree = FileTree.empty().graft(TreePath.of("file"), file("file"));
    for (Map.Entry<String, String> link : links.entrySet()) {
      Node node = Node.symlink(Metadata.of(0777, Instant.EPOCH), link.getValue());
      tree = tree.graft(TreePath.of("links/" + link.getKey()), node);
    }
    BuildContext files = BuildContext.of(tree);
    String start = "FROM scratch\nCOPY links /\n";
    FileTree made = build(request(start + "COPY file " + destination).withContext(files)).tree();
    assertThat(made.node(TreePath.of(place.replace("HOST", host.toString())))).isPresent();
    try (Stream<Path> there = Files.list(host)) {
      assertThat(there).as("on the host").isEmpty();
    }
    assertThatThrownBy(() -> build(request(start + "COPY file /loop/x").withContext(files)))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("too many links");
  }

  private static Node file(String text) {
    return Node.file(Metadata.of(0644, Instant.EPOCH), Content.of(text.getBytes(UTF_8)));
  }

  static Stream<Node> nodesThatAreNoAccounts() {
    return Stream.of(
        Node.fifo(Metadata.of(0644, Instant.EPOCH)),
        Node.symlink(Metadata.of(0777, Instant.EPOCH), "/dev/zero"),
        Node.symlink(Metadata.of(0777, Instant.EPOCH), "passwd"),
        Node.device(Metadata.of(0644, Instant.EPOCH), false, 1, 5),
        file("x".repeat(11 << 20)));
  }

  @ParameterizedTest
  @MethodSource("nodesThatAreNoAccounts")
  void accountsAreReadFromFilesOfReasonableSizeOnly(Node passwd) throws Exception {
    FileTree tree =
        FileTree.empty()
            .graft(TreePath.of("etc/passwd"), passwd)
            .graft(
                TreePath.of("dev/zero"), Node.device(Metadata.of(0666, Instant.EPOCH), false, 1, 5))
            .graft(TreePath.of("f"), file("f"));
    for (String line : List.of("COPY --chown=app f /f", "USER app\nWORKDIR /w")) {
      assertTimeout(
          SOON,
          () ->
              assertThatThrownBy(
                      () ->
                          build(
                              request("FROM scratch\nCOPY . /\n" + line)
                                  .withContext(BuildContext.of(tree))))
                  .isInstanceOf(BuildException.class)
                  .hasMessageContaining("passwd"));
    }
  }

  @Test
  void tenThousandTriggersFireOnce() throws Exception {
    StringBuilder text = new StringBuilder("FROM scratch AS base\n");
    for (int i = 0; i < 10_000; i++) {
      text.append("ONBUILD LABEL l").append(i).append("=1\n");
    }
    StoredImage image =
        assertTimeout(SOON, () -> build(request(text + "FROM base AS child\nFROM child\n")));
    assertThat(image.config().config().labels()).hasSize(10_000);
    assertThat(image.config().config().onBuild()).isEmpty();
    assertThat(image.config().history()).hasSize(10_000);
  }

  @Test
  void aTriggerThatMakesTriggersIsRefused() {
    for (String trigger : List.of("ONBUILD ENV A=1", "FROM scratch", "MAINTAINER a")) {
      assertThatThrownBy(() -> build(request("FROM scratch\nONBUILD " + trigger)))
          .hasMessageContaining(trigger.substring(0, trigger.indexOf(' ')));
    }
  }

  @Test
  void aVariableThatDoublesIsStopped() {
    String text = "FROM scratch\nENV A=0123456789abcdef\n" + "ENV A=$A$A\n".repeat(40);
    assertTimeout(
        SOON,
        () ->
            assertThatThrownBy(() -> build(request(text)))
                .isInstanceOfSatisfying(
                    BuildException.class, e -> assertThat(e.line()).isBetween(15, 40))
                .hasMessageContaining("too large"));
  }

  @Test
  void patternsTakeTimeInProportion() throws Exception {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      deep.append("aaaaaaaaaa/");
    }
    FileTree tree = FileTree.empty().graft(TreePath.of(deep + "f"), file("f"));
    BuildContext files = BuildContext.of(tree);
    String stars = "*a".repeat(60);
    assertTimeout(
        SOON,
        () -> {
          for (String line :
              List.of(
                  "COPY " + stars + "b /x/",
                  "COPY --parents " + "**/".repeat(100) + "g /x/",
                  "COPY --exclude=" + "**/a*".repeat(50) + "b . /x/")) {
            assertThat(build(request("FROM scratch\n" + line).withContext(files)).layers())
                .hasSize(1);
          }
          Dockerignore ignore = Dockerignore.parse("**/".repeat(100) + "g\n" + stars + "**/b\n");
          assertThat(
                  build(request("FROM scratch\nCOPY . /x/").withContext(files).withIgnore(ignore))
                      .tree()
                      .node(TreePath.of("x/" + deep + "f")))
              .isPresent();
        });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSecretIsInNothingThatIsKept(boolean succeeds) throws Exception {
    List<String> seen = new ArrayList<>();
    RunEngines engine =
        RunEngines.of(
            List.of(
                new LambdaEngine(
                    (process, files) -> {
                      seen.addAll(process.secretEnv().values());
                      process.mounts().forEach(mount -> seen.add(mount.target()));
                      if (!succeeds) {
                        throw new IOException("crashed");
                      }
                      Files.writeString(files.getPath("/made"), "made");
                    })));
    String hex = HexFormat.of().formatHex(token);
    Secrets secrets = Secrets.none().withValue("s", hex.getBytes(UTF_8));
    BuildRequest request =
        request(
                """
                FROM scratch
                RUN --mount=type=secret,id=s,env=S --mount=type=secret,id=s,target=/s use
                """)
            .withSecrets(secrets)
            .withArgument("HTTPS_PROXY", "http://user:" + hex + "@127.0.0.1:1")
            .withCacheTo(CacheLocation.layout(folder.resolve("store/cache")), CacheMode.MAX)
            .withEngines(engine);
    try {
      StoredImage image = build(request);
      told.add(new String(image.config().raw(), UTF_8));
      assertThat(succeeds).isTrue();
    } catch (BuildException e) {
      told.add(e.getMessage());
      assertThat(succeeds).isFalse();
    }
    assertThat(seen).contains(hex, "/s");
    told.add(secrets.toString());
    assertTokenIsNowhere();
  }
}
