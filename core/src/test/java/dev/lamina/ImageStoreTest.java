// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static dev.lamina.Samples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.DockerProgram;
import dev.lamina.archive.OciLayout;
import dev.lamina.archive.RootfsTar;
import dev.lamina.error.LaminaException;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Platform;
import dev.lamina.store.AmbiguousImageException;
import dev.lamina.store.ImageNotFoundException;
import dev.lamina.store.PruneReport;
import dev.lamina.store.RemovedImages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  @TempDir Path folder;
  private ImageStore store;

  @BeforeEach
  void open() throws IOException {
    store = ImageStore.open(folder.resolve("store"));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @CanIgnoreReturnValue
  private Image image(String name, String text) throws IOException {
    Samples.named(store.local(), name, file("/base", "base"), file("/own", text));
    return store.image(name);
  }

  @Test
  void storeIsAnOciLayoutFromItsFirstMoment() {
    assertThat(folder.resolve("store/oci-layout"))
        .hasContent("{\"imageLayoutVersion\": \"1.0.0\"}");
    assertThat(folder.resolve("store/index.json")).content().contains("\"manifests\":[]");
  }

  @Test
  void imageIsFoundByNameAndByEveryBeginningOfItsIdThatIsUnique() throws IOException {
    Image one = image("one:1", "1");
    Image two = image("two:1", "2");
    String digits = one.id().hex();
    int common = 0;
    while (digits.charAt(common) == two.id().hex().charAt(common)) {
      common++;
    }
    assertThat(store.image("one:1")).isEqualTo(one);
    assertThat(store.image(one.id().toString())).isEqualTo(one);
    assertThat(store.image(digits.substring(0, common + 1))).isEqualTo(one);
    String ambiguous = "sha256:" + digits.substring(0, common);
    if (common > 0) {
      assertThatThrownBy(() -> store.image(ambiguous)).isInstanceOf(AmbiguousImageException.class);
    }
    assertThatThrownBy(() -> store.image("three:1"))
        .isInstanceOf(ImageNotFoundException.class)
        .hasMessageContaining("three:1");
  }

  @Test
  void imageGoesWithItsLastName() throws IOException {
    Image app = image("app:1", "1");
    store.tag("app:1", "app:latest");

    RemovedImages first = store.remove("app:1");
    assertThat(first.untagged()).extracting(ImageReference::familiar).containsExactly("app:1");
    assertThat(first.images()).isEmpty();
    assertThat(store.image("app")).isEqualTo(app);
    assertThat(store.remove("app").images()).containsExactly(app.id());
    assertThat(store.images()).isEmpty();
    assertThat(store.find(app.id().hex())).isEmpty();
  }

  @Test
  void imageRemovedByItsIdLosesAllNames() throws IOException {
    Image app = image("app:1", "1");
    Image other = image("other:1", "2");
    store.tag("app:1", "app:latest");

    RemovedImages removed = store.remove(app.id().shortHex());
    assertThat(removed.untagged())
        .extracting(ImageReference::familiar)
        .containsExactly("app:1", "app:latest");
    assertThat(removed.images()).containsExactly(app.id());
    assertThat(store.images()).extracting(ImageSummary::id).containsExactly(other.id());
  }

  @Test
  void pruneFreesWhatOnlyTheRemovedImageHad() throws IOException {
    Image app = image("app:1", "1");
    image("other:1", "2");
    RemovedImages unused = store.remove("app:1");

    PruneReport report = store.prune();
    assertThat(report.blobs()).contains(app.id(), app.layers().get(1).diffId());
    assertThat(report.blobs()).doesNotContain(app.layers().get(0).diffId());
    assertThat(report.freedBytes()).isPositive();
    assertThat(store.check().findings()).isEmpty();
  }

  @Test
  void summaryHasSizesAndNames() throws IOException {
    Image app = image("app:1", "1");
    image("other:1", "2");
    store.tag("app:1", "registry.example:5000/app:1");

    ImageSummary summary = store.images().get(0);
    assertThat(summary.id()).isEqualTo(app.id());
    assertThat(summary.references())
        .extracting(ImageReference::familiar)
        .containsExactly("app:1", "registry.example:5000/app:1");
    assertThat(summary.created()).contains(Samples.TIME);
    assertThat(summary.size()).isEqualTo(app.size());
    assertThat(summary.sharedSize()).isEqualTo(app.layers().get(0).size());
    assertThat(summary)
        .asString()
        .startsWith("app:1, registry.example:5000/app:1  " + app.id().shortHex() + "  linux/")
        .endsWith(" bytes");
  }

  /** The members as Docker 28.5 has them. */
  @Test
  void inspectShowsWhatDockerShows() throws IOException {
    Image app = image("app:1", "1");
    JsonObject json =
        JsonParser.parseString(store.inspect("app:1", "app:1"))
            .getAsJsonArray()
            .get(1)
            .getAsJsonObject();
    assertThat(json.keySet())
        .containsExactly(
            "Id",
            "RepoTags",
            "RepoDigests",
            "Parent",
            "Comment",
            "Created",
            "DockerVersion",
            "Author",
            "Architecture",
            "Os",
            "Size",
            "RootFS",
            "Metadata",
            "Descriptor",
            "Config");
    assertThat(json.get("Id").getAsString()).isEqualTo(app.id().toString());
    assertThat(json.get("RepoTags")).hasToString("[\"app:1\"]");
    assertThat(json.get("Comment").getAsString()).isEqualTo("buildkit.dockerfile.v0");
    assertThat(json.get("Created").getAsString()).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(json.getAsJsonObject("RootFS").get("Layers").getAsJsonArray()).hasSize(2);
    assertThat(json.get("Config"))
        .hasToString(
            "{\"Cmd\":[\"/run\"],\"Entrypoint\":null,\"Env\":[\"A=1\"],\"Labels\":null,"
                + "\"OnBuild\":null,\"User\":\"\",\"Volumes\":null,\"WorkingDir\":\"\"}");
  }

  @Test
  void imagesOfSeveralPlatformsShareAName() throws IOException {
    Samples.put(store.local(), Platform.parse("linux/arm64"), file("/a", "arm"));
    Image host = image("app:host", "host");
    List<Image> both = store.images().stream().map(s -> uncheckedImage(s.id().hex())).toList();

    store.tagTogether("app:1", both);
    assertThat(store.image("app:1")).isEqualTo(host);
    assertThat(store.local().names().find(store.image("app:1").reference().orElseThrow()))
        .hasValueSatisfying(index -> assertThat(index.mediaType()).contains("image.index.v1+json"));
    RemovedImages removed = store.remove("app:1");
    assertThat(removed.images()).hasSize(1).doesNotContain(host.id());
  }

  private Image uncheckedImage(String id) {
    try {
      return store.image(id);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void imageGoesThroughEveryFormat() throws IOException {
    Image app = image("app:1", "1");
    Path docker = folder.resolve("docker.tar");
    Path tar = folder.resolve("oci.tar");
    Path layout = folder.resolve("layout");
    app.writeTo(DockerArchive.at(docker));
    app.writeTo(OciLayout.at(tar));
    app.writeTo(OciLayout.at(layout));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    app.writeTo(OciLayout.to(stream));

    for (Path each : List.of(docker, tar, layout)) {
      try (ImageStore other = ImageStore.inMemory()) {
        Image loaded = other.load(each).get(0);
        assertThat(loaded.id()).isEqualTo(app.id());
        assertThat(loaded.toString()).startsWith("app:1 ");
        assertThat(loaded.tree().diff(app.tree())).isEmpty();
      }
    }
    try (ImageStore other = ImageStore.inMemory()) {
      Image loaded =
          other.load(OciLayout.from(new ByteArrayInputStream(stream.toByteArray()))).get(0);
      assertThat(loaded.id()).isEqualTo(app.id());
    }
  }

  private static Changes everyKindOfFile() {
    Metadata plain = Metadata.of(0644, Samples.TIME);
    Xattrs user = Xattrs.of(Map.of("user.note", new byte[] {0, 1}));
    return Changes.builder()
        .put(TreePath.of("/dir"), Node.directory(Metadata.of(0750, Samples.TIME)))
        .put(TreePath.of("/dir/file"), Node.file(plain.withXattrs(user), text("x")))
        .put(TreePath.of("/dir/su"), Node.file(plain.withMode(04755), text("y")))
        .link(TreePath.of("/hard"), TreePath.of("/dir/file"))
        .put(TreePath.of("/out"), Node.symlink(plain.withMode(0777), "dir/../../nowhere"))
        .put(TreePath.of("/\u00e9"), Node.file(plain, text("z")))
        .put(TreePath.of("/pipe"), Node.fifo(plain))
        .build();
  }

  private static Content text(String text) {
    return Content.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rootFileSystemIsExportedToAFolderAndImportedAgain() throws IOException {
    Image app = uncheckedImage(Samples.named(store.local(), "app:1", everyKindOfFile()).id().hex());
    Path root = folder.resolve("rootfs");
    app.writeTo(RootfsTar.folder(root));

    assertThat(root.resolve("dir/file")).hasContent("x");
    assertThat(Files.isSymbolicLink(root.resolve("out"))).isTrue();
    assertThat(Files.getAttribute(root.resolve("hard"), "unix:nlink")).isEqualTo(2);
    assertThat(Files.getAttribute(root.resolve("dir/su"), "unix:mode")).isEqualTo(0104755);
    assertThat(Files.getPosixFilePermissions(root.resolve("dir")))
        .doesNotContain(PosixFilePermission.OTHERS_READ);
    FileTree back = store.importRootfs(root, "app:back").tree();
    assertThat(back.compare(app.tree())).extracting(Object::toString).containsExactly("D /pipe");
  }

  @Test
  void folderWithFilesIsNotWrittenInto() throws IOException {
    Image app = image("app:1", "1");
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.createFile(full.resolve("mine"));
    assertThatThrownBy(() -> app.writeTo(RootfsTar.folder(full)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected an empty folder");
    assertThat(full.resolve("own")).doesNotExist();
  }

  @Test
  void imageGoesToADaemonAndBackThroughItsProgram() throws IOException {
    Path kept = folder.resolve("kept.tar");
    Path program = folder.resolve("docker");
    Files.writeString(
        program,
        "#!/bin/sh\ncase $1 in load) exec cat >"
            + kept
            + ";; save) exec cat "
            + kept
            + ";; esac\n");
    Files.setPosixFilePermissions(program, EnumSet.allOf(PosixFilePermission.class));
    Image app = image("app:1", "1");

    app.writeTo(DockerProgram.of(program.toString()));
    try (ImageStore other = ImageStore.inMemory()) {
      Image back = other.load(DockerProgram.of(program.toString()).images("app:1")).get(0);
      assertThat(back.id()).isEqualTo(app.id());
    }
  }

  @Test
  void daemonProgramThatFailsIsQuoted() throws IOException {
    image("app:1", "1");
    DockerProgram failing = DockerProgram.of("/bin/sh", "-c", "echo no daemon >&2; exit 3");
    assertThatThrownBy(() -> store.load(failing.images("app:1")))
        .isInstanceOf(LaminaException.class)
        .hasMessageContaining("found exit code 3: no daemon");
    assertThatThrownBy(() -> store.save(failing, "app:1"))
        .isInstanceOf(LaminaException.class)
        .hasMessageContaining("found exit code 3: no daemon");
  }

  @Test
  void twoStoresOnOneFolderSeeEachOther() throws IOException {
    try (ImageStore second = ImageStore.open(folder.resolve("store"))) {
      Image app = image("app:1", "1");
      assertThat(second.image("app:1").tree().diff(app.tree())).isEmpty();
      assertThat(second.untag("app:1")).isTrue();
      assertThat(store.find("app:1")).isEmpty();
    }
  }
}
