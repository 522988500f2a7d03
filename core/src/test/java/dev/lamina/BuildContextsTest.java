// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.archive.OciLayout;
import dev.lamina.build.BuildException;
import dev.lamina.build.BuildPlan;
import dev.lamina.build.MissingImageException;
import dev.lamina.context.BuildContext;
import dev.lamina.event.BuildEvent;
import dev.lamina.fetch.GitContext;
import dev.lamina.fetch.GitRepositories;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.spi.GitSource;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarType;
import dev.lamina.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Where a build may take its files and its Dockerfile from. */
class BuildContextsTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_000_000_000);

  @TempDir Path folder;
  private final ImageStore store = ImageStore.inMemory();

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private static byte[] tar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TarWriter tar = TarWriter.over(out);
    byte[] dockerfile = "FROM scratch\nCOPY . /\n".getBytes(UTF_8);
    Metadata owned = Metadata.of(0640, TIME).withOwner(1000, 1001);
    tar.write(TarEntry.directory("./", Metadata.of(0755, TIME)));
    tar.write(TarEntry.file("./Dockerfile", owned, dockerfile.length), Content.of(dockerfile));
    tar.write(TarEntry.file("./.dockerignore", owned, 2), Content.of(bytes("f\n")));
    tar.write(TarEntry.file("./f", owned, 1), Content.of(bytes("f")));
    tar.write(TarEntry.link(TarType.SYMLINK, "./out", "/../../etc", owned));
    tar.finish();
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** What Docker Engine 28.5 makes of such a tar on its standard input. */
  private void assertIsAsDockers(Image image) throws IOException {
    Node file = image.tree().node(TreePath.of("/f")).orElseThrow();
    assertThat(file.uid()).isEqualTo(1000);
    assertThat(file.gid()).isEqualTo(1001);
    assertThat(file.mode()).isEqualTo(0640);
    assertThat(image.tree().node(TreePath.of("/.dockerignore"))).isPresent();
  }

  @Test
  void aTarInAnyCompressionOrStreamIsAContext() throws Exception {
    Path plain = Files.write(folder.resolve("context"), tar());
    assertIsAsDockers(build(ImageBuilder.fromContext(BuildContext.tar(plain))));

    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(tar());
    }
    Path gzipped = Files.write(folder.resolve("gz"), gzip.toByteArray());
    assertIsAsDockers(build(ImageBuilder.fromContext(BuildContext.tar(gzipped))));

    ByteArrayOutputStream xz = new ByteArrayOutputStream();
    try (OutputStream out = new XZOutputStream(xz, new LZMA2Options(0))) {
      out.write(tar());
    }
    BuildContext stream = BuildContext.tar(new ByteArrayInputStream(xz.toByteArray()));
    assertIsAsDockers(build(ImageBuilder.fromContext(stream)));
    assertIsAsDockers(build(ImageBuilder.fromContext(stream))); // as often as one likes
  }

  @Test
  void aLargeCompressedContextIsSpooled() throws Exception {
    byte[] big = new byte[3 << 20];
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      TarWriter tar = TarWriter.over(out);
      tar.write(TarEntry.file("big", Metadata.of(0644, TIME), big.length), Content.of(big));
      tar.finish();
    }
    BuildContext context = BuildContext.tar(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(context.file("big").orElseThrow().toByteArray()).isEqualTo(big);
    assertThat(build(ImageBuilder.fromText("FROM scratch\nCOPY big /").context(context)).size())
        .isGreaterThan(big.length);
  }

  @Test
  void aZipAnImageAndAMapAreContexts() throws Exception {
    Path zip = folder.resolve("context.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.writeString(files.getPath("/Dockerfile"), "FROM scratch\nCOPY f /zipped\n");
      Files.writeString(files.getPath("/f"), "f");
    }
    Image zipped;
    try (FileSystem files = FileSystems.newFileSystem(zip)) {
      zipped = build(ImageBuilder.fromContext(BuildContext.folder(files.getPath("/"))));
    }
    Image again;
    try (FileSystem files = zipped.fileSystem()) {
      again =
          build(
              ImageBuilder.fromText("FROM scratch\nCOPY zipped /again")
                  .context(files.getPath("/")));
    }
    assertThat(paths(again)).containsExactly("/again");
    Image map =
        build(
            ImageBuilder.fromContext(
                BuildContext.of(
                    Map.of(
                        "Dockerfile", bytes("FROM scratch\nCOPY a/b /b\n"), "a/b", bytes("x")))));
    assertThat(paths(map)).containsExactly("/b");
  }

  private static List<String> paths(Image image) throws IOException {
    List<String> paths = new ArrayList<>();
    image.tree().forEach((path, node) -> paths.add(path.toString()));
    return paths.subList(1, paths.size());
  }

  private Image build(ImageBuilder builder) throws Exception {
    return builder.store(store).build();
  }

  @Test
  void aGitRepositoryIsAContext() throws Exception {
    assumeTrue(hasGit(), "needs the git program");
    Path repository = Files.createDirectories(folder.resolve("shop.git/docker")).getParent();
    Files.writeString(repository.resolve("docker/Dockerfile"), "FROM scratch\nCOPY . /\n");
    Files.writeString(repository.resolve("docker/f"), "one");
    git(repository, "init", "-q", "-b", "main");
    git(repository, "add", "-A");
    git(repository, "commit", "-q", "-m", "one");
    git(repository, "tag", "v1");
    Files.writeString(repository.resolve("docker/f"), "two");
    git(repository, "commit", "-q", "-a", "-m", "two");

    // Docker takes no file for a repository, git does: what fetches is what git:// goes through.
    GitRepositories repositories =
        new GitRepositories(() -> Files.createDirectories(folder.resolve("fetched")));
    GitSource tag =
        new GitSource(repository.toUri().toString(), "v1", "docker", "", Optional.empty(), false);
    Image one = build(ImageBuilder.fromContext(new GitContext(repositories, tag)));
    assertThat(paths(one)).containsExactly("/Dockerfile", "/f");
    try (FileSystem files = one.fileSystem()) {
      assertThat(Files.readString(files.getPath("/f"))).isEqualTo("one");
    }
    assertThatThrownBy(() -> ImageBuilder.fromGit("not a URL"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected the URL of a Git repository");
  }

  private static boolean hasGit() throws InterruptedException {
    try {
      return new ProcessBuilder("git", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void git(Path folder, String... words) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=a", "-c", "user.email=a@b"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void theDockerfileMayStandElsewhere() throws Exception {
    Path context = Files.createDirectories(folder.resolve("context"));
    Files.writeString(context.resolve("f"), "f");
    Files.writeString(context.resolve("g"), "g");
    Files.writeString(context.resolve(".dockerignore"), "*\n");
    Path dockerfile = Files.writeString(folder.resolve("Other"), "FROM scratch\nCOPY . /\n");
    assertThat(paths(build(ImageBuilder.fromDockerfile(dockerfile).context(context)))).isEmpty();
    Files.writeString(folder.resolve("Other.dockerignore"), "g\n.dockerignore\n");
    assertThat(paths(build(ImageBuilder.fromDockerfile(dockerfile).context(context))))
        .containsExactly("/f");
    ImageBuilder stdin =
        ImageBuilder.fromDockerfile(new ByteArrayInputStream(bytes("FROM scratch\nCOPY f /")))
            .context(BuildContext.of(Map.of("f", bytes("f"))));
    assertThat(paths(build(stdin))).containsExactly("/f");
    assertThatThrownBy(() -> build(ImageBuilder.fromContext(BuildContext.empty())))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("Dockerfile: no such file in the build context");
  }

  @Test
  void aNamedContextIsAFolderAnImageOrALayout() throws Exception {
    Path src = Files.createDirectories(folder.resolve("src"));
    Files.writeString(src.resolve("f"), "f");
    Image base = build(ImageBuilder.fromText("FROM scratch\nCOPY f /from-image").context(src));
    Image tagged = base.tag("base:1");
    tagged.writeTo(OciLayout.at(folder.resolve("layout")));
    tagged.writeTo(OciLayout.at(folder.resolve("layout.tar")));
    String copy = "FROM scratch\nCOPY --from=named / /\n";
    assertThat(paths(build(ImageBuilder.fromText(copy).context("named", src))))
        .containsExactly("/f");
    for (String what :
        List.of(
            "docker-image://base:1",
            "oci-layout://" + folder.resolve("layout") + ":1",
            "oci-layout://" + folder.resolve("layout"),
            "oci-layout://" + folder.resolve("layout.tar") + ":1")) {
      assertThat(paths(build(ImageBuilder.fromText(copy).context("named", what))))
          .as(what)
          .containsExactly("/from-image");
    }
    try (ImageStore other = ImageStore.inMemory()) {
      Image image =
          ImageBuilder.fromText("FROM base:9\nCOPY f /")
              .context(src)
              .context("base:9", "oci-layout://" + folder.resolve("layout"))
              .store(other)
              .build();
      assertThat(paths(image)).containsExactly("/f", "/from-image");
      assertThat(other.find("base:1")).as("a named context names nothing").isEmpty();
    }
  }

  @Test
  void aNamedContextMayBeAStageEvenALaterOne() throws Exception {
    Path src = Files.createDirectories(folder.resolve("src"));
    Files.writeString(src.resolve("f"), "f");
    for (String text :
        List.of(
            "FROM scratch AS out\nCOPY --from=named / /\nFROM scratch AS later\nCOPY f /later\n",
            "FROM named AS out\nFROM scratch AS later\nCOPY f /later\n",
            """
            FROM scratch AS named
            COPY f /never
            FROM named AS out
            FROM scratch AS later
            COPY f /later
            """)) {
      Image image =
          build(
              ImageBuilder.fromText(text)
                  .context(src)
                  .context("named", "target:later")
                  .target("out"));
      assertThat(paths(image)).as(text).containsExactly("/later");
    }
  }

  @Test
  void stagesThatDependOnEachOtherAreRefused() {
    String circle = "FROM scratch AS a\nCOPY --from=b / /\nFROM a AS b\n";
    assertThatThrownBy(() -> build(ImageBuilder.fromText(circle)))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("circular dependency detected on stage: a");
    assertThatThrownBy(() -> build(ImageBuilder.fromText("FROM scratch\nCOPY --from=1 / /\n")))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("invalid stage index 1");
  }

  @Test
  void aMissingBaseIsNamedWithItsLineAndARemedy() {
    assertThatThrownBy(() -> build(ImageBuilder.fromText("# base\nFROM shop/base:2\n")))
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> {
              assertThat(e.line()).isEqualTo(2);
              assertThat(e.getMessage()).contains("shop/base:2", "load", "import", "pull");
              assertThat(e.getCause())
                  .isInstanceOfSatisfying(
                      MissingImageException.class,
                      missing ->
                          assertThat(missing.reference().familiar()).isEqualTo("shop/base:2"));
            });
  }

  @Test
  void aMissingBaseIsPulledIfTheBuilderMay() {
    // No registry answers there: what counts is that it is asked.
    assertThatThrownBy(
            () ->
                build(
                    ImageBuilder.fromText("FROM localhost:1/shop/base:2\n")
                        .pullMissing(
                            pull ->
                                pull.registry(options -> options.withAttempts(1, Duration.ZERO)))))
        .isInstanceOfSatisfying(
            BuildException.class,
            e -> {
              assertThat(e.line()).isEqualTo(1);
              assertThat(e.getCause()).isNotInstanceOf(MissingImageException.class);
            });
  }

  @Test
  void aPlanSaysWhatWouldBeDoneAndDoesNothing() throws Exception {
    Image base = build(ImageBuilder.fromText("FROM scratch\nLABEL a=b").tag("base:1"));
    int before = store.images().size();
    BuildPlan plan =
        ImageBuilder.fromText(
                """
                FROM base:1 AS build
                ARG VERSION=1
                COPY src-$VERSION/*.java /src/
                FROM scratch AS unneeded
                RUN anything
                FROM scratch
                COPY --from=build /src /app
                COPY --from=extra x /x
                """)
            .context("extra", BuildContextsTest.class.getSimpleName())
            .buildArg("VERSION", "2")
            .store(store)
            .plan();
    assertThat(plan.stages()).extracting(Object::toString).containsExactly("build", "stage-2");
    assertThat(plan.stages().get(0).steps())
        .extracting(Object::toString)
        .contains("COPY src-2/*.java /src/");
    assertThat(plan.images()).containsExactly(Map.entry("base:1", base.id()));
    assertThat(plan.sources())
        .containsEntry("build context", Set.of("/src-2/*.java"))
        .containsEntry("stage build", Set.of("/src"))
        .containsEntry("extra", Set.of("/x"));
    assertThat(plan.toString()).contains("COPY src-2/*.java /src/", "image base:1: sha256:");
    assertThat(store.images()).hasSize(before);
  }

  @Test
  void whatTheContextLeavesOutIsFoundWhereTheFileAsksForIt() throws Exception {
    BuildContext context =
        BuildContext.of(Map.of("f", bytes("f"), "g", bytes("g"), ".dockerignore", bytes("f\n")));
    String text = "FROM scratch\nCOPY g /\nCOPY f* /\nADD f /\n";
    ImageBuilder asking =
        ImageBuilder.fromText("# check=experimental=all\n" + text).context(context).store(store);
    assertThat(asking.plan().warnings())
        .filteredOn(warning -> warning.rule().equals("CopyIgnoredFile"))
        .extracting(BuildEvent.Warning::line)
        .containsExactly(5);
    assertThat(ImageBuilder.fromText(text).context(context).store(store).plan().warnings())
        .isEmpty();
  }

  @Test
  void whatDockerIsSilentAboutIsAWarningOrAnError() throws Exception {
    BuildContext context = BuildContext.of(Map.of("f", bytes("f"), "etc/passwd", bytes("")));
    Map<String, String> odd =
        Map.of(
            "UnknownOwner", "FROM scratch\nCOPY etc /etc/\nCOPY --chown=app f /",
            "ArgShadowsEnv", "FROM scratch\nENV A=1\nARG A=2\nCOPY f /",
            "WildcardMatchesNothing", "FROM scratch\nCOPY f /\nCOPY *.nope /x/");
    for (Map.Entry<String, String> each : odd.entrySet()) {
      List<String> warnings = new ArrayList<>();
      ImageBuilder builder =
          ImageBuilder.fromText(each.getValue())
              .context(context)
              .listener(
                  event -> {
                    if (event instanceof BuildEvent.Warning warning) {
                      warnings.add(warning.rule());
                    }
                  });
      assertThat(paths(build(builder))).contains("/f");
      assertThat(warnings).contains(each.getKey());
      assertThatThrownBy(() -> build(builder.strict()))
          .isInstanceOfSatisfying(
              BuildException.class,
              e -> {
                assertThat(e.line()).isBetween(3, 3);
                assertThat(e.getMessage()).contains(": " + each.getKey() + ": ");
              });
    }
  }

  @Test
  void aReproducibleBuildIsTheSameWhateverTheTimes() throws Exception {
    Path context = Files.createDirectories(folder.resolve("context/d")).getParent();
    Files.writeString(context.resolve("d/f"), "f");
    String dockerfile = "FROM scratch\nCOPY d /new/dir/\nWORKDIR /made\n";
    ImageBuilder builder =
        ImageBuilder.fromText(dockerfile).context(context).noCache().reproducible();
    Image one = build(builder);
    Files.setLastModifiedTime(context.resolve("d/f"), FileTime.from(TIME));
    Files.setLastModifiedTime(context.resolve("d"), FileTime.from(TIME.plusSeconds(9)));
    assertThat(build(builder).id()).isEqualTo(one.id());
    one.tree()
        .forEach(
            (path, node) -> assertThat(node.mtime()).as(path.toString()).isEqualTo(Instant.EPOCH));
    Image dated = build(builder.sourceDate(TIME));
    assertThat(dated.config().created()).contains(TIME);
    assertThat(dated.tree().node(TreePath.of("/new/dir/f")).orElseThrow().mtime()).isEqualTo(TIME);
  }

  @Test
  void aBuildThatWasStartedCanBeCancelledAndAwaited() throws Exception {
    RunningBuild build = ImageBuilder.from("scratch").workdir("/x").store(store).start();
    assertThat(paths(build.await())).containsExactly("/x");
    assertThat(build.isDone()).isTrue();
    build.cancel(); // too late to matter
    RunningBuild failing = ImageBuilder.from("no/such:1").store(store).start();
    assertThatThrownBy(failing::await).isInstanceOf(BuildException.class);
  }
}
