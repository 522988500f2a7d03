// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.Dockerfile;
import dev.lamina.fs.Change;
import dev.lamina.fs.Node;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build costs, by counting what it does to the host's files. */
class RebuildLawsTest {
  private static final int FILES = 300;
  private static final int DIRECTORIES = 10;

  @TempDir private Path folder;
  private Path context;

  @BeforeEach
  void makeContext() throws IOException {
    Path root = Files.createDirectories(folder.resolve("context"));
    for (int i = 0; i < FILES; i++) {
      Path file = root.resolve("app/d" + i % DIRECTORIES + "/f" + i);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "file " + i);
    }
    Files.createDirectories(root.resolve("target/deep"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(root.resolve("target/deep/f" + i), "ignored");
    }
    Files.writeString(root.resolve(".dockerignore"), "target\n");
    context = CountingFileSystem.over(root);
  }

  private StoredImage build(String dockerfile) throws Exception {
    return build(dockerfile, request -> request);
  }

  private StoredImage build(String dockerfile, UnaryOperator<BuildRequest> options)
      throws Exception {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      return new DockerfileBuilder(store, new StoreImages(store))
          .build(
              options.apply(
                  BuildRequest.of(Dockerfile.parse(dockerfile))
                      .withContext(BuildContext.folder(context))
                      .withClock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)))));
    }
  }

  @Test
  void rebuildReadsEachFilesAttributesOnceAndNoContent() throws Exception {
    String dockerfile = "FROM scratch\nCOPY app /app\n";
    StoredImage first = build(dockerfile);
    CountingFileSystem counts = CountingFileSystem.of(context);
    assertThat(counts.opens.get()).isGreaterThanOrEqualTo(FILES);

    counts.reset();
    StoredImage second = build(dockerfile);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(counts.opens.get()).as("files opened: .dockerignore alone").isLessThanOrEqualTo(1);
    int entries = FILES + DIRECTORIES + 2; // app and the folder itself
    assertThat(counts.stats.get()).as("attributes read").isBetween((long) entries, entries + 8L);
    assertThat(counts.lists.get()).as("directories listed").isLessThanOrEqualTo(DIRECTORIES + 2);
  }

  @Test
  void rebuildNeedsNoDigestOfAFile() throws Exception {
    String dockerfile = "FROM scratch\nCOPY app/d1 /one\nCOPY app /app\n";
    StoredImage first = build(dockerfile);
    Path digests = forgetDigests();
    CountingFileSystem counts = CountingFileSystem.of(context);
    counts.reset();
    StoredImage second = build(dockerfile);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(counts.opens.get()).as("files opened: .dockerignore alone").isLessThanOrEqualTo(1);
    assertThat(digests).as("tables written").isEmptyDirectory();
  }

  @Test
  void changedContextsLeaveNoMoreShortcutsThanSteps() throws Exception {
    for (int i = 0; i < 3; i++) {
      Files.writeString(folder.resolve("context/app/d0/f0"), "change " + i);
      StoredImage unused = build("FROM scratch\nCOPY app/d1 /one\nCOPY app /app\n");
    }
    assertThat(files()).filteredOn(file -> file.contains("/shortcuts/")).hasSize(2);
  }

  @Test
  void stepsThatComeOneAfterTheOtherNeedNoThreadOfTheirOwn() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 2; i++) {
      StoredImage unused =
          build(
              "FROM scratch\nCOPY app/d1 /one\nCOPY app /app\nWORKDIR /app\n",
              request -> request.withListener(event -> threads.add(Thread.currentThread())));
    }
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  /** What makes, removes or renames a file in a folder changes the folder's times. */
  @Test
  void rebuildOfANamedImageMakesNoFile() throws Exception {
    UnaryOperator<BuildRequest> named =
        request -> request.withName(ImageReference.parse("rebuilt:1"));
    String dockerfile = "FROM scratch\nCOPY app/d1 /one\nWORKDIR /app\n";
    StoredImage first = build(dockerfile, named);
    StoredImage settled = build(dockerfile, named);
    Map<Path, FileTime> before = folders();
    StoredImage second = build(dockerfile, named);

    assertThat(second.id()).isEqualTo(first.id()).isEqualTo(settled.id());
    assertThat(folders()).isEqualTo(before);
  }

  private Map<Path, FileTime> folders() throws IOException {
    Map<Path, FileTime> changed = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder.resolve("store"))) {
      for (Path each : walk.filter(Files::isDirectory).toList()) {
        changed.put(each, (FileTime) Files.getAttribute(each, "unix:ctime"));
      }
    }
    return changed;
  }

  @Test
  void buildThatNeedsOneFileLooksAtNoOther() throws Exception {
    StoredImage unused = build("FROM scratch\nCOPY app/d0/f0 /f0\n");
    CountingFileSystem counts = CountingFileSystem.of(context);
    assertThat(counts.stats.get()).isLessThan(12);
    assertThat(counts.lists.get()).isZero();
  }

  @Test
  void coldBuildReadsEachFileOnce() throws Exception {
    StoredImage unused = build("FROM scratch\nCOPY app /app\n");
    CountingFileSystem counts = CountingFileSystem.of(context);
    assertThat(counts.opens.get()).as(".dockerignore too").isLessThanOrEqualTo(FILES + 1);
  }

  @Test
  void coldBuildOpensLargerFilesOnceToo() throws Exception {
    Files.createDirectory(folder.resolve("context/large"));
    for (int i = 0; i < 20; i++) {
      Files.write(folder.resolve("context/large/f" + i), new byte[50_000 * (i + 1)]);
    }

    StoredImage unused = build("FROM scratch\nCOPY large /large\n");

    CountingFileSystem counts = CountingFileSystem.of(context);
    assertThat(counts.opens.get()).as(".dockerignore too").isLessThanOrEqualTo(20 + 1);
  }

  @Test
  void buildWithoutCacheReadsNothingForItsDigestThatIsKnown() throws Exception {
    String dockerfile = "FROM scratch\nCOPY app /app\n";
    StoredImage first = build(dockerfile);
    CountingFileSystem counts = CountingFileSystem.of(context);
    counts.reset();
    StoredImage second = build(dockerfile, BuildRequest::withoutCache);
    assertThat(second.layers()).isEqualTo(first.layers());
    assertThat(counts.opens.get()).isLessThanOrEqualTo(FILES + 1);
  }

  @Test
  void buildAfterAChangeOpensTheChangedFileAlone() throws Exception {
    String dockerfile = "FROM scratch\nCOPY app /app\n";
    StoredImage first = build(dockerfile);
    CountingFileSystem counts = CountingFileSystem.of(context);
    for (int i = 0; i < 3; i++) { // what is taken from the layer before is in the next one too
      Files.writeString(folder.resolve("context/app/d0/f0"), "change " + i);
      counts.reset();
      StoredImage changed = build(dockerfile);
      assertThat(changed.id()).isNotEqualTo(first.id());
      assertThat(contents(changed)).isEqualTo(contentsOfContext());
      assertThat(counts.opens.get())
          .as("files opened: .dockerignore, the file for its digest and for the layer")
          .isLessThanOrEqualTo(3);
    }
  }

  @Test
  void filesOfALayerAreReadForAnotherStepFromThere() throws Exception {
    StoredImage first = build("FROM scratch\nCOPY app /app\n");
    CountingFileSystem counts = CountingFileSystem.of(context);
    counts.reset();
    StoredImage other = build("FROM scratch\nCOPY --chown=5:5 app /\n");
    assertThat(contents(other)).isEqualTo(contents(first));
    assertThat(counts.opens.get()).as(".dockerignore alone").isLessThanOrEqualTo(1);
  }

  @Test
  void layerThatIsDamagedDoesNotPassThatOn() throws Exception {
    String dockerfile = "FROM scratch\nCOPY app /app\n";
    Files.writeString(folder.resolve("context/app/d0/large"), "-".repeat(1_000_000) + "large file");
    StoredImage image = build(dockerfile);
    for (String damaged : new String[] {"file 77", "large file"}) {
      Path blob = blob(image);
      byte[] bytes = Files.readAllBytes(blob);
      bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(damaged)] ^= 1;
      Files.write(blob, bytes);
      Files.writeString(folder.resolve("context/app/d0/f0"), "change besides " + damaged);
      image = build(dockerfile);
      assertThat(contents(image)).isEqualTo(contentsOfContext());
    }

    Files.writeString(folder.resolve("context/app/d0/f0"), "change");
    CountingFileSystem counts = CountingFileSystem.of(context);
    counts.reset();
    assertThat(contents(build(dockerfile))).isEqualTo(contentsOfContext());
    assertThat(counts.opens.get())
        .as("of the others' layer nothing is lost")
        .isLessThanOrEqualTo(3);
  }

  @Test
  void filesOfALayerThatIsGoneOrCutOffAreReadFromTheContext() throws Exception {
    String dockerfile = "FROM scratch\nCOPY app /app\n";
    Path blob = blob(build(dockerfile));
    Files.write(blob, Arrays.copyOf(Files.readAllBytes(blob), 5_000));
    Files.writeString(folder.resolve("context/app/d0/f0"), "change");
    StoredImage second = build(dockerfile);
    assertThat(contents(second)).isEqualTo(contentsOfContext());

    Files.delete(blob(second));
    Files.writeString(folder.resolve("context/app/d0/f0"), "another change");
    assertThat(contents(build(dockerfile))).isEqualTo(contentsOfContext());
  }

  private Path blob(StoredImage image) {
    return folder.resolve("store/blobs/sha256").resolve(image.layers().get(0).diffId().hex());
  }

  /** Returns the files of an image's first layer, by their last names, which differ. */
  private Map<String, String> contents(StoredImage image) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      for (Change change : store.layers().require(image.layers().get(0).diffId()).changes()) {
        if (change instanceof Change.Put put && put.node() instanceof Node.File file) {
          byte[] bytes = file.content().toByteArray();
          contents.put(put.path().name(), new String(bytes, StandardCharsets.UTF_8));
        }
      }
    }
    return contents;
  }

  private Map<String, String> contentsOfContext() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder.resolve("context/app"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void filesReadForALayerAloneHaveTheKeyTheyWouldHaveAnyway() throws Exception {
    StoredImage first = build("FROM scratch\nCOPY app /app\n");
    // Another step of the same files, after all digests were forgotten: read for their key.
    Path unused = forgetDigests();
    StoredImage second = build("FROM scratch\nCOPY ./app /app\nENV A=b\n");
    assertThat(second.layers()).isEqualTo(first.layers());
    assertThat(files()).filteredOn(file -> file.contains("/records/")).hasSize(1);
  }

  @Test
  void filesReadForALayerAloneAreAnsweredByTheOneThatIsThere() throws Exception {
    StoredImage first = build("FROM scratch\nCOPY app /app\n");
    Path unused = forgetDigests();
    Path touched = folder.resolve("context/app/d0/f0");
    Files.setLastModifiedTime(touched, FileTime.from(Instant.ofEpochSecond(5)));
    StoredImage second = build("FROM scratch AS other\nCOPY app /app\n");
    assertThat(second.layers()).as("times are no input").isEqualTo(first.layers());
  }

  @Test
  void rebuildMakesNoFileInTheStore() throws Exception {
    String dockerfile = "FROM scratch\nCOPY app /app\nENV A=b\n";
    StoredImage first = build(dockerfile);
    Set<String> before = files();
    StoredImage second = build(dockerfile);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void imageOfManyFilesIsAsManyFilesInTheStoreAsOneOfFew() throws Exception {
    StoredImage few = build("FROM scratch\nCOPY app/d0/f0 /app/\n");
    int before = files().size();
    StoredImage many = build("FROM scratch\nCOPY app/d1 /app/\n");
    int one = files().size() - before;
    StoredImage all = build("FROM scratch\nCOPY app /app\n");
    assertThat(many.id()).isNotEqualTo(few.id());
    assertThat(all.id()).isNotEqualTo(few.id());
    assertThat(files().size() - before - one).isEqualTo(one);
  }

  /** Deletes what is known of the digests of files; returns the folder that it was in. */
  private Path forgetDigests() throws IOException {
    Path digests = folder.resolve("store/lamina/content-digests");
    try (Stream<Path> tables = Files.list(digests)) {
      for (Path table : tables.toList()) {
        Files.delete(table);
      }
    }
    return digests;
  }

  private Set<String> files() throws IOException {
    Path store = folder.resolve("store");
    try (Stream<Path> walk = Files.walk(store)) {
      return walk.filter(Files::isRegularFile)
          .map(file -> store.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
