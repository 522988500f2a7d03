// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonParser;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.registry.DockerRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** skopeo and umoci read what we write, and we read what they write: the same files each way. */
class InteropTest {
  @TempDir Path folder;
  private ImageStore store;
  private ImageStore other;
  private Image app;

  @BeforeEach
  void makeImage() throws IOException {
    store = ImageStore.open(folder.resolve("store"));
    other = ImageStore.inMemory();
    Samples.named(store.local(), "app:1", lower(), upper());
    app = store.image("app:1");
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    other.close();
  }

  private static Metadata mode(int mode) {
    return Metadata.of(mode, Samples.TIME);
  }

  private static Content text(String text) {
    return Content.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Changes lower() {
    return Changes.builder()
        .put(TreePath.of("/bin"), Node.directory(mode(0755)))
        .put(TreePath.of("/bin/su"), Node.file(mode(04755), text("su")))
        .link(TreePath.of("/bin/sudo"), TreePath.of("/bin/su"))
        .put(TreePath.of("/gone"), Node.file(mode(0644), text("gone")))
        .put(TreePath.of("/emptied"), Node.directory(mode(0700)))
        .put(TreePath.of("/emptied/a"), Node.file(mode(0644), text("a")))
        .put(TreePath.of("/link"), Node.symlink(mode(0777), "bin"))
        .put(TreePath.of("/\u00e9".repeat(60)), Node.file(mode(0644), text("long")))
        .build();
  }

  private static Changes upper() {
    Metadata nobody = mode(01640).withOwner(65534, 65533);
    Xattrs user = Xattrs.of(Map.of("user.binary", new byte[] {0, (byte) 0xff, '\n', '='}));
    return Changes.builder()
        .remove(TreePath.of("/gone"))
        .clear(TreePath.of("/emptied"))
        .put(TreePath.of("/emptied"), Node.directory(mode(0711)))
        .put(TreePath.of("/emptied/b"), Node.file(nobody.withXattrs(user), text("b")))
        .build();
  }

  @CanIgnoreReturnValue
  private String run(String... command) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/" + command[0])), command[0] + " isn't there");
    Path said = Files.createTempFile(folder, "said", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    return Files.readString(said);
  }

  /** Copies with skopeo and loads what came out. */
  private Image copied(String from, String to, Path archive) throws IOException {
    run("skopeo", "--insecure-policy", "copy", "--quiet", from, to);
    return other.load(archive).get(0);
  }

  private void assertSameFiles(Image image) throws IOException {
    assertThat(image.tree().diff(app.tree())).isEmpty();
    assertThat(image.config().config()).isEqualTo(app.config().config());
  }

  @Test
  void skopeoReadsEveryFormatAndGivesTheSameBack() throws IOException {
    app.writeTo(DockerArchive.at(folder.resolve("docker.tar")));
    app.writeTo(OciLayout.at(folder.resolve("oci.tar")));
    app.writeTo(OciLayout.at(folder.resolve("zstd")).withCompression(CompressionOptions.zstd(3)));
    List<String> ours =
        List.of("docker-archive:docker.tar:app:1", "oci-archive:oci.tar:1", "oci:zstd:1");
    int number = 0;
    for (String from : ours) {
      assertThat(JsonParser.parseString(run("skopeo", "inspect", from)).getAsJsonObject().keySet())
          .contains("Digest", "Layers", "Env");
      Path docker = folder.resolve("d" + number + ".tar");
      Path oci = folder.resolve("o" + number++ + ".tar");
      if (!from.equals("oci:zstd:1")) { // which skopeo doesn't convert
        assertSameFiles(copied(from, "docker-archive:" + docker + ":app:2", docker));
      }
      assertSameFiles(copied(from, "oci-archive:" + oci + ":2", oci));
    }
  }

  @Test
  void skopeoReadsTheStoreItself() throws IOException {
    String inspected = run("skopeo", "inspect", "--config", "oci:store:app:1");
    assertThat(JsonParser.parseString(inspected).getAsJsonObject().getAsJsonObject("config"))
        .hasToString("{\"Env\":[\"A=1\"],\"Cmd\":[\"/run\"]}");
    Path oci = folder.resolve("copy.tar");
    assertSameFiles(copied("oci:store:app:1", "oci-archive:" + oci + ":2", oci));
  }

  @Test
  void skopeoAndWeMeetInARegistry() throws IOException {
    try (DockerRegistry registry = DockerRegistry.in(folder).start()) {
      String name = registry.host() + "/app:";
      store.push(Push.of("app:1").to(name + "ours"));
      run(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--quiet",
          "--src-tls-verify=false",
          "--dest-tls-verify=false",
          "docker://" + name + "ours",
          "docker://" + name + "theirs");
      assertSameFiles(other.pull(name + "theirs"));
      run(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--quiet",
          "--src-tls-verify=false",
          "docker://" + name + "ours",
          "docker-archive:pulled.tar:app:3");
      assertSameFiles(other.load(folder.resolve("pulled.tar")).get(0));
      run(
          "skopeo",
          "--insecure-policy",
          "copy",
          "--quiet",
          "--dest-tls-verify=false",
          "--format=v2s2",
          "oci:store:app:1",
          "docker://" + name + "schema2");
      assertSameFiles(other.pull(name + "schema2"));
    }
  }

  @Test
  void umociUnpacksTheSameFiles() throws IOException {
    app.writeTo(OciLayout.at(folder.resolve("layout")));
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));
    assumeTrue(root, "owners can be given by root only");
    run("umoci", "unpack", "--image", "layout:1", "bundle");
    FileTree unpacked = FileTree.ofFolder(folder.resolve("bundle/rootfs"));
    assertThat(unpacked.compare(app.tree())).isEmpty();
    assertThat(Files.getAttribute(folder.resolve("bundle/rootfs/bin/su"), "unix:nlink"))
        .isEqualTo(2);
  }

  @Test
  void umociRepacksWhatWeWrote() throws IOException {
    app.writeTo(OciLayout.at(folder.resolve("layout")));
    Path added = Files.writeString(folder.resolve("added"), "more");
    run("umoci", "insert", "--rootless", "--image", "layout:1", added.toString(), "/added");
    Image more = other.load(OciLayout.at(folder.resolve("layout"))).get(0);
    assertThat(more.tree().compare(app.tree()))
        .extracting(Object::toString)
        .containsExactly("A /added");
  }
}
