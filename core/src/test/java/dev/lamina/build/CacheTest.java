// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.event.BuildEvent;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.oci.Digest;
import dev.lamina.run.RunEngines;
import dev.lamina.spi.ProcessSpec;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache answers, what it doesn't, and what it says about that. */
class CacheTest {
  @TempDir Path folder;
  private Path context;
  private final AtomicInteger runs = new AtomicInteger();

  @BeforeEach
  void makeContext() throws IOException {
    context = Files.createDirectories(folder.resolve("context/src")).getParent();
    Files.writeString(context.resolve("src/Main.java"), "class Main {}");
    Files.writeString(context.resolve("src/Other.java"), "class Other {}");
  }

  private RunEngines engine() {
    return RunEngines.of(
        List.of(
            new LambdaEngine(
                (process, files) -> {
                  runs.incrementAndGet();
                  Files.writeString(
                      files.getPath("/run-" + LambdaEngine.line(process)), text(process));
                })));
  }

  private static String text(ProcessSpec process) {
    return process.env().toString();
  }

  private List<String> build(String dockerfile) throws Exception {
    return build(dockerfile, request -> request);
  }

  /** Builds with a store that is opened anew, as another process would. */
  private List<String> build(String dockerfile, UnaryOperator<BuildRequest> options)
      throws Exception {
    Steps steps = new Steps();
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      StoredImage unused =
          new DockerfileBuilder(store, new StoreImages(store))
              .build(
                  options.apply(
                      BuildRequest.of(Dockerfile.parse(dockerfile))
                          .withContext(BuildContext.folder(context))
                          .withEngines(engine())
                          .withListener(steps)));
    }
    return steps.lines();
  }

  @Test
  void anUnchangedContextIsAnsweredByAnotherProcess() throws Exception {
    assertThat(build("FROM scratch\nCOPY src /app")).containsExactly("COPY src /app: ");
    assertThat(build("FROM scratch\nCOPY src /app")).containsExactly("COPY src /app: cached");
  }

  @Test
  void timesOfFilesMakeNoDifference() throws Exception {
    List<String> unused = build("FROM scratch\nCOPY src /app");
    Files.setLastModifiedTime(
        context.resolve("src/Main.java"), FileTime.from(Instant.ofEpochSecond(5)));
    assertThat(build("FROM scratch\nCOPY src /app")).containsExactly("COPY src /app: cached");
  }

  @Test
  void filesThatAreNotCopiedMakeNoDifference() throws Exception {
    List<String> unused = build("FROM scratch\nCOPY src /app");
    Files.writeString(context.resolve("README"), "new");
    assertThat(build("FROM scratch\nCOPY src /app")).containsExactly("COPY src /app: cached");
  }

  @Test
  void whatLooksWrongIsSaidOfAStepThatIsAnsweredToo() throws Exception {
    List<String> warnings = new ArrayList<>();
    UnaryOperator<BuildRequest> heard =
        old(
            request ->
                request.withListener(
                    event -> {
                      if (event instanceof BuildEvent.Warning warning) {
                        warnings.add(warning.rule());
                      }
                    }));
    for (int i = 0; i < 2; i++) {
      List<String> unused = build("FROM scratch\nCOPY src no*thing /app/", heard);
    }
    assertThat(warnings).containsExactly("WildcardMatchesNothing", "WildcardMatchesNothing");
  }

  /** Has the build think that all files are older than a tick of the clock. */
  private static UnaryOperator<BuildRequest> old(UnaryOperator<BuildRequest> options) {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    return request -> options.apply(request).withClock(later);
  }

  @Test
  void aFileThatWasOnlyTouchedIsAnsweredAndOneThatWasChangedIsNot() throws Exception {
    String dockerfile = "FROM scratch\nCOPY src /app";
    List<String> unused = build(dockerfile, old(request -> request));
    assertThat(build(dockerfile, old(request -> request))).containsExactly("COPY src /app: cached");
    Path file = context.resolve("src/Main.java");
    FileTime time = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(5)));
    assertThat(build(dockerfile, old(request -> request))).containsExactly("COPY src /app: cached");
    Files.writeString(file, "class M {   }"); // as long as it was, and of the same time
    Files.setLastModifiedTime(file, time);
    assertThat(build(dockerfile, old(request -> request)))
        .containsExactly("COPY src /app: src/Main.java changed");
  }

  @Test
  void theFirstFileThatDiffersIsNamed() throws Exception {
    List<String> unused = build("FROM scratch\nCOPY src /app");
    Files.writeString(context.resolve("src/Main.java"), "class Main { }");
    Files.writeString(context.resolve("src/Other.java"), "class Other { }");
    assertThat(build("FROM scratch\nCOPY src /app"))
        .containsExactly("COPY src /app: src/Main.java changed");
  }

  @Test
  void aFileThatIsNewOrGoneIsNamed() throws Exception {
    List<String> unused = build("FROM scratch\nCOPY src /app");
    Files.writeString(context.resolve("src/New.java"), "");
    assertThat(build("FROM scratch\nCOPY src /app"))
        .containsExactly("COPY src /app: src/New.java is new");
    Files.delete(context.resolve("src/Other.java"));
    assertThat(build("FROM scratch\nCOPY src /app"))
        .containsExactly("COPY src /app: src/Other.java is gone");
  }

  @Test
  void anInputThatIsBackAsItWasIsAnsweredAgain() throws Exception {
    List<String> first = build("FROM scratch\nCOPY src /app");
    Files.writeString(context.resolve("src/Main.java"), "other");
    List<String> second = build("FROM scratch\nCOPY src /app");
    Files.writeString(context.resolve("src/Main.java"), "class Main {}");
    assertThat(build("FROM scratch\nCOPY src /app")).containsExactly("COPY src /app: cached");
    assertThat(first).hasSameSizeAs(second);
  }

  @Test
  void aBuildArgumentIsNamedWithTheValueItHad() throws Exception {
    String dockerfile = "FROM scratch\nARG VERSION\nRUN build";
    List<String> first = build(dockerfile, request -> request.withArgument("VERSION", "1.3"));
    assertThat(first).containsExactly("RUN build: ");
    assertThat(build(dockerfile, request -> request.withArgument("VERSION", "1.4")))
        .containsExactly("RUN build: build argument VERSION was 1.3");
    assertThat(build(dockerfile, request -> request.withArgument("VERSION", "1.3")))
        .containsExactly("RUN build: cached");
  }

  @Test
  void aCommandThatWasChangedIsComparedWithWhatStoodInItsPlace() throws Exception {
    List<String> unused = build("FROM scratch\nRUN one");
    assertThat(build("FROM scratch\nRUN two"))
        .containsExactly("RUN two: command was /bin/sh -c one");
  }

  @Test
  void whatStandsOnAChangedStepIsCarriedOutAgain() throws Exception {
    String dockerfile = "FROM scratch\nCOPY src/Main.java /\nRUN build";
    List<String> unused = build(dockerfile);
    Files.writeString(context.resolve("src/Main.java"), "other");
    assertThat(build(dockerfile))
        .containsExactly(
            "COPY src/Main.java /: Main.java changed", "RUN build: the files below changed");
  }

  @Test
  void configurationMakesNoDifferenceToLayersThatDontUseIt() throws Exception {
    List<String> unused = build("FROM scratch\nLABEL a=1\nHEALTHCHECK CMD x\nCOPY src /app");
    assertThat(build("FROM scratch\nLABEL a=2\nHEALTHCHECK CMD y\nCOPY src /app"))
        .containsExactly("COPY src /app: cached");
  }

  @Test
  void proxiesAreNoInput() throws Exception {
    List<String> unused = build("FROM scratch\nRUN x");
    assertThat(build("FROM scratch\nRUN x", r -> r.withArgument("HTTP_PROXY", "http://p")))
        .containsExactly("RUN x: cached");
  }

  @Test
  void aSourceDateIsAnInput() throws Exception {
    List<String> unused = build("FROM scratch\nRUN x");
    assertThat(build("FROM scratch\nRUN x", r -> r.withEpoch(Instant.ofEpochSecond(1))))
        .containsExactly("RUN x: source date is new");
  }

  @Test
  void noCacheCarriesEverythingOutAndIsRemembered() throws Exception {
    List<String> unused = build("FROM scratch\nRUN x");
    assertThat(build("FROM scratch\nRUN x", BuildRequest::withoutCache))
        .containsExactly("RUN x: the build was told not to use the cache");
    assertThat(runs).hasValue(2);
    assertThat(build("FROM scratch\nRUN x")).containsExactly("RUN x: cached");
  }

  @Test
  void noCacheForAStageLeavesTheOthers() throws Exception {
    String dockerfile = "FROM scratch AS a\nRUN a\nFROM scratch AS b\nRUN b\nCOPY --from=a / /";
    List<String> unused = build(dockerfile);
    assertThat(build(dockerfile, request -> request.withoutCacheFor("A")))
        .containsExactlyInAnyOrder(
            "RUN a: the build was told not to use the cache",
            "RUN b: cached",
            "COPY --from=a / /: cached");
  }

  @Test
  void aCopyFromAStageThatGaveTheSameFilesIsAnswered() throws Exception {
    String dockerfile =
        "FROM scratch AS a\nCOPY src/Main.java /m\nFROM scratch\nCOPY --from=a /m /m";
    List<String> unused = build(dockerfile);
    assertThat(build(dockerfile.replace("FROM scratch AS a", "FROM scratch AS a\nRUN more")))
        .contains("COPY --from=a /m /m: cached");
  }

  @Test
  void aStepThatTwoStagesShareIsCarriedOutOnce() throws Exception {
    String dockerfile =
        "FROM scratch AS a\nRUN same\nFROM scratch AS b\nRUN same\n"
            + "FROM scratch\nCOPY --from=a / /a/\nCOPY --from=b / /b/";
    List<String> unused = build(dockerfile);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aRecordWhoseLayerIsGoneIsNoAnswer() throws Exception {
    List<String> unused = build("FROM scratch\nCOPY src /app");
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      assertThat(store.prune().blobs()).isNotEmpty();
    }
    assertThat(build("FROM scratch\nCOPY src /app"))
        .containsExactly("COPY src /app: its layer is no longer in the store");
  }

  @Test
  void aDamagedRecordIsNoAnswer() throws Exception {
    List<String> unused = build("FROM scratch\nCOPY src /app");
    try (var files = Files.walk(folder.resolve("store/lamina/build-cache"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.writeString(file, "damaged");
      }
    }
    assertThat(build("FROM scratch\nCOPY src /app")).containsExactly("COPY src /app: ");
  }

  @Test
  void anUnchangedContextIsNotRead() throws Exception {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      ContentDigests first = digests(store, later);
      var tree = BuildContext.folder(context).tree(Set.of("/"));
      for (String name : List.of("/src/Main.java", "/src/Other.java")) {
        assertThat(first.of(content(tree, name))).hasSize(64);
      }
      first.save();
      assertThat(first.bytesRead()).isEqualTo(27);

      ContentDigests second = digests(store, later);
      tree = BuildContext.folder(context).tree(Set.of("/"));
      assertThat(second.of(content(tree, "/src/Main.java")))
          .isEqualTo(Digest.sha256("class Main {}").hex());
      assertThat(second.bytesRead()).isZero();

      Files.writeString(context.resolve("src/Main.java"), "class M2 {}");
      tree = BuildContext.folder(context).tree(Set.of("/"));
      assertThat(second.of(content(tree, "/src/Main.java")))
          .isEqualTo(Digest.sha256("class M2 {}").hex());
      assertThat(second.bytesRead()).isEqualTo(11);
    }
  }

  @Test
  void digestsOfFilesThatAreGoneAreKeptForAsManyAsThereAre() throws Exception {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    for (int i = 0; i < 4; i++) {
      Files.writeString(context.resolve("src/gone" + i), "gone " + i);
    }
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      FileTree all = BuildContext.folder(context).tree(Set.of("/"));
      ContentDigests first = digests(store, later);
      for (int i = 0; i < 4; i++) {
        assertThat(first.of(content(all, "/src/gone" + i))).hasSize(64);
      }
      first.save();
      ContentDigests second = digests(store, later);
      assertThat(second.of(content(all, "/src/Main.java"))).hasSize(64);
      second.save();

      ContentDigests third = digests(store, later);
      for (int i = 0; i < 4; i++) {
        assertThat(third.of(content(all, "/src/gone" + i))).hasSize(64);
      }
      assertThat(third.of(content(all, "/src/Main.java"))).hasSize(64);
      assertThat(third.bytesRead()).isEqualTo(3 * 6); // one of the four is still known
    }
  }

  @Test
  void aFileChangedWithinATickOfTheClockIsReadAgain() throws Exception {
    Clock now = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      ContentDigests digests = digests(store, now);
      var tree = BuildContext.folder(context).tree(Set.of("/"));
      String once = digests.of(content(tree, "/src/Main.java"));
      assertThat(digests.of(content(tree, "/src/Main.java"))).isEqualTo(once);
      assertThat(digests.bytesRead()).isEqualTo(26);
    }
  }

  private static ContentDigests digests(LocalStore store, Clock clock) throws IOException {
    return ContentDigests.open(store.folder("content-digests"), clock);
  }

  private static Content content(FileTree tree, String path) {
    return ((Node.File) tree.node(TreePath.of(path)).orElseThrow()).content();
  }

  @Test
  void aContextInMemoryHasNoTimesAndIsDigestedEachTime() throws Exception {
    UnaryOperator<BuildRequest> memory =
        request -> request.withContext(BuildContext.of(Map.of("a", "x".getBytes(UTF_8))));
    List<String> unused = build("FROM scratch\nCOPY a /", memory);
    assertThat(build("FROM scratch\nCOPY a /", memory)).containsExactly("COPY a /: cached");
  }
}
