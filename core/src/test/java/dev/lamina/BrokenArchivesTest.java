// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.archive.DockerArchive;
import dev.lamina.archive.OciLayout;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.error.LaminaException;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.oci.Digest;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import dev.lamina.tar.TarType;
import dev.lamina.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An archive that isn't sound is refused, and the store is as it was. */
class BrokenArchivesTest {
  @TempDir Path folder;
  private ImageStore store;

  @BeforeEach
  void open() throws IOException {
    store = ImageStore.open(folder.resolve("store"));
    Samples.named(store.local(), "mine:1", Samples.file("/mine", "mine"));
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  /** The files of an archive, by path; a link has its target after a {@code ->}. */
  private static final class ArchiveParts {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    byte[] get(String path) {
      return files.get(path);
    }

    @CanIgnoreReturnValue
    ArchiveParts put(String path, byte[] content) {
      files.put(path, content);
      return this;
    }

    @CanIgnoreReturnValue
    ArchiveParts put(String path, String content) {
      return put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    @CanIgnoreReturnValue
    ArchiveParts edit(String path, UnaryOperator<byte[]> change) {
      return put(path, change.apply(get(path)));
    }

    @CanIgnoreReturnValue
    ArchiveParts replace(String path, String old, String with) {
      String before = new String(get(path), StandardCharsets.UTF_8);
      assertThat(before).contains(old);
      return put(path, before.replace(old, with));
    }

    @CanIgnoreReturnValue
    ArchiveParts remove(String path) {
      assertThat(files.remove(path)).isNotNull();
      return this;
    }

    /** The path that a document of the archive gives for what begins with a text. */
    String path(String document, String before) {
      String text = new String(get(document), StandardCharsets.UTF_8);
      int at = text.indexOf(before) + before.length();
      return text.substring(at, text.indexOf('"', at));
    }

    /** Where the blob is that a document names after a text. */
    String blob(String document, String after) {
      String text = new String(get(document), StandardCharsets.UTF_8);
      int at = text.indexOf("sha256:", text.indexOf(after));
      return "blobs/sha256/" + text.substring(at + 7, at + 71);
    }

    byte[] tar() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TarWriter tar = TarWriter.over(out);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        int arrow = file.getKey().indexOf("->");
        Metadata metadata = Metadata.of(0644, Samples.TIME);
        if (arrow >= 0) {
          String name = file.getKey().substring(0, arrow);
          tar.write(
              TarEntry.link(TarType.SYMLINK, name, file.getKey().substring(arrow + 2), metadata));
        } else {
          Content content = Content.of(file.getValue());
          tar.write(TarEntry.file(file.getKey(), metadata, content.size()), content);
        }
      }
      tar.finish();
      return out.toByteArray();
    }
  }

  private static ArchiveParts read(byte[] tar) throws IOException {
    ArchiveParts all = new ArchiveParts();
    TarReader reader = TarReader.over(new ByteArrayInputStream(tar), TarOptions.DEFAULT);
    for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      if (entry.get().type() == TarType.REGULAR) {
        all.put(entry.get().name(), reader.content().readAllBytes());
      }
    }
    return all;
  }

  private static ArchiveParts sound(boolean docker) throws IOException {
    try (ImageStore source = ImageStore.inMemory()) {
      Samples.named(
          source.local(),
          "theirs:1",
          Samples.file("/lower", "lower"),
          Samples.file("/upper", Samples.noise(5000, 1)));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      source.save(docker ? DockerArchive.to(out) : OciLayout.to(out), "theirs:1");
      return read(out.toByteArray());
    }
  }

  /** Makes an archive's bytes of its files. */
  private interface Breakage {
    byte[] apply(ArchiveParts files) throws IOException;
  }

  private static Arguments docker(String what, Breakage breakage) {
    return Arguments.of("docker: " + what, true, breakage);
  }

  private static Arguments oci(String what, Breakage breakage) {
    return Arguments.of("oci: " + what, false, breakage);
  }

  private static byte[] flip(byte[] bytes) {
    byte[] copy = bytes.clone();
    copy[copy.length / 2] ^= 1;
    return copy;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] less(byte[] bytes, int n) {
    return Arrays.copyOf(bytes, bytes.length - n);
  }

  private static final String MANIFEST = "manifest.json";
  private static final String FIRST_LAYER = "\"Layers\":[\"";
  private static final String CONFIG = "\"Config\":\"";

  /** Puts another manifest in the place of the one that the index names. */
  private static byte[] withManifest(ArchiveParts f, UnaryOperator<String> change)
      throws IOException {
    String path = f.blob("index.json", "manifests");
    String before = new String(f.get(path), StandardCharsets.UTF_8);
    byte[] after = change.apply(before).getBytes(StandardCharsets.UTF_8);
    Digest digest = Digest.sha256(after);
    String old = path.substring(13);
    f.replace("index.json", old, digest.hex());
    f.replace(
        "index.json",
        "\"size\":" + before.getBytes(StandardCharsets.UTF_8).length,
        "\"size\":" + after.length);
    return f.put("blobs/sha256/" + digest.hex(), after).tar();
  }

  static Stream<Arguments> breakages() {
    return Stream.of(
        docker("nothing at all", f -> new byte[0]),
        docker("no tar", f -> "this is no archive".repeat(100).getBytes(StandardCharsets.UTF_8)),
        docker("cut in a layer", f -> less(f.tar(), f.tar().length / 2)),
        docker("cut in the gzip around it", f -> less(gzip(f.tar()), 20)),
        docker("gzip with a wrong sum", f -> less(gzip(f.tar()), 8)),
        docker("a header's bit is another", f -> flipHeader(f.tar())),
        docker("neither list nor layout", f -> f.remove(MANIFEST).remove("oci-layout").tar()),
        docker("list is no JSON", f -> f.edit(MANIFEST, b -> less(b, 1)).tar()),
        docker("list is no list", f -> f.put(MANIFEST, "{}").tar()),
        docker("list of no objects", f -> f.put(MANIFEST, "[1]").tar()),
        docker("configuration isn't there", f -> f.remove(f.path(MANIFEST, CONFIG)).tar()),
        docker(
            "configuration is another", f -> f.edit(f.path(MANIFEST, CONFIG), b -> flip(b)).tar()),
        docker(
            "configuration is longer", f -> f.edit(f.path(MANIFEST, CONFIG), b -> more(b)).tar()),
        docker("layer isn't there", f -> f.remove(f.path(MANIFEST, FIRST_LAYER)).tar()),
        docker("layer is another", f -> f.edit(f.path(MANIFEST, FIRST_LAYER), b -> flip(b)).tar()),
        docker("layer is longer", f -> f.edit(f.path(MANIFEST, FIRST_LAYER), b -> more(b)).tar()),
        docker(
            "layer is shorter", f -> f.edit(f.path(MANIFEST, FIRST_LAYER), b -> less(b, 1)).tar()),
        docker("layer is missing in the list", f -> f.replace(MANIFEST, layers(f), "").tar()),
        docker("name is no name", f -> f.replace(MANIFEST, "theirs:1", "Theirs:1").tar()),
        docker("layer's path leads out", f -> withLayerPath(f, "../../etc/passwd").tar()),
        docker(
            "layer's link leads out",
            f -> withLayerPath(f, "out").put("out->../../etc/passwd", "").tar()),
        docker(
            "layer's link leads to itself",
            f -> withLayerPath(f, "a").put("a->b", "").put("b->a", "").tar()),
        oci("version from the future", f -> f.replace("oci-layout", "1.0.0", "2.0.0").tar()),
        oci("no index", f -> f.remove("index.json").tar()),
        oci("index is no JSON", f -> f.edit("index.json", b -> less(b, 1)).tar()),
        oci("digest that is a path", f -> f.replace("index.json", "sha256:", "sha256:../").tar()),
        oci(
            "wrong size in the index",
            f -> f.replace("index.json", "\"size\":", "\"size\":1").tar()),
        oci("manifest isn't there and nothing else is", f -> onlyIndex(f).tar()),
        oci(
            "manifest is another",
            f -> f.edit(f.blob("index.json", "manifests"), b -> flip(b)).tar()),
        oci(
            "manifest and index at once",
            f -> withManifest(f, m -> m.replace("\"config\"", "\"manifests\":[],\"config\""))),
        oci(
            "index said to be a manifest",
            f -> withManifest(f, m -> "{\"schemaVersion\":2,\"manifests\":[]}")),
        oci("schema 1", f -> withManifest(f, m -> "{\"schemaVersion\":1,\"fsLayers\":[]}")),
        oci("a layer less than diff IDs", f -> withManifest(f, m -> withoutALayer(m))),
        oci("layers in another order", f -> withManifest(f, m -> swapped(m))),
        oci("layer's last byte isn't there", f -> f.edit(layer(f), b -> less(b, 1)).tar()),
        oci("layer has a byte more", f -> f.edit(layer(f), b -> more(b)).tar()),
        oci("layer is compressed otherwise", f -> f.edit(layer(f), b -> gzipped(b)).tar()),
        oci("layer's gzip has another time", f -> f.edit(layer(f), b -> withTime(b)).tar()),
        oci("layer isn't there", f -> f.remove(layer(f)).tar()));
  }

  private static byte[] flipHeader(byte[] tar) {
    byte[] copy = tar.clone();
    copy[100] ^= 1;
    return copy;
  }

  /** The same when it is decompressed, so that only the blob's own digest tells. */
  private static byte[] withTime(byte[] gzip) {
    byte[] copy = gzip.clone();
    copy[4] ^= 1;
    return copy;
  }

  private static byte[] more(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static byte[] gzipped(byte[] bytes) {
    try {
      return gzip(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String layers(ArchiveParts files) {
    return "\"" + files.path(MANIFEST, FIRST_LAYER) + "\",";
  }

  private static ArchiveParts withLayerPath(ArchiveParts files, String path) {
    return files.replace(MANIFEST, files.path(MANIFEST, FIRST_LAYER), path);
  }

  private static ArchiveParts onlyIndex(ArchiveParts files) {
    ArchiveParts rest = new ArchiveParts();
    return rest.put("oci-layout", files.get("oci-layout"))
        .put("index.json", files.get("index.json"));
  }

  private static String layer(ArchiveParts files) {
    return files.blob(files.blob("index.json", "manifests"), "\"layers\"");
  }

  private static String withoutALayer(String manifest) {
    int begin = manifest.indexOf("[{");
    return manifest.substring(0, begin + 1) + manifest.substring(manifest.indexOf("},{") + 2);
  }

  private static String swapped(String manifest) {
    int begin = manifest.indexOf("[{") + 1;
    int middle = manifest.indexOf("},{") + 1;
    int end = manifest.indexOf("}]") + 1;
    return manifest.substring(0, begin)
        + manifest.substring(middle + 1, end)
        + ","
        + manifest.substring(begin, middle)
        + manifest.substring(end);
  }

  /** All files of the store but for its lock, with their digests. */
  private Map<String, String> snapshot() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder.resolve("store"))) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(each).toString();
        if (!name.endsWith("lock") && !name.endsWith("alive")) {
          files.put(name, Digest.sha256(Files.readAllBytes(each)).toString());
        }
      }
    }
    return files;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breakages")
  void brokenArchiveIsRefused(String what, boolean docker, Breakage breakage) throws IOException {
    Path archive = Files.write(folder.resolve("broken.tar"), breakage.apply(sound(docker)));
    Map<String, String> before = snapshot();
    String list = store.images().toString();

    assertThatThrownBy(() -> store.load(archive))
        .isInstanceOf(LaminaException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .hasSizeLessThan(1000)
                    .containsAnyOf("expected", "not valid JSON"));
    assertThat(store.images()).hasToString(list);
    store.prune();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void soundArchivesAreTaken() throws IOException {
    for (boolean docker : new boolean[] {true, false}) {
      Path archive = Files.write(folder.resolve("sound.tar"), sound(docker).tar());
      assertThat(store.load(archive).get(0).tree().size()).isEqualTo(3);
    }
  }

  @Test
  void layoutFolderWhoseLinksLeadOutIsRefused() throws IOException {
    Path layout = folder.resolve("layout");
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    store.save(OciLayout.at(layout).withCompression(CompressionOptions.none()), "mine:1");
    Files.delete(layout.resolve("index.json"));
    Files.createSymbolicLink(layout.resolve("index.json"), secret);
    assertThatThrownBy(() -> store.load(layout))
        .isInstanceOf(LaminaException.class)
        .hasMessageContaining("found a link out of it");
  }
}
