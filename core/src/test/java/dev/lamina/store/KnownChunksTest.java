// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.compress.CompressionOptions;
import dev.lamina.compress.GzipLevel;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownChunksTest {
  private static final CompressionOptions GZIP = CompressionOptions.gzip(GzipLevel.DEFAULT);

  @TempDir private Path folder;

  @Test
  void chunksOfALayerLikeItAreUsedAgain() throws IOException {
    try (LocalStore store = LocalStore.open(folder.resolve("store"));
        LocalStore other = LocalStore.inMemory()) {
      Descriptor first = store.layers().blob(store.layers().commit(files(-1)), GZIP);
      Descriptor second = store.layers().blob(store.layers().commit(files(70)), GZIP);
      Descriptor alone = other.layers().blob(other.layers().commit(files(70)), GZIP);

      assertThat(second).isEqualTo(alone).isNotEqualTo(first);
      List<String> before = chunks(first);
      List<String> after = new ArrayList<>(chunks(second));
      assertThat(before).hasSizeGreaterThan(4);
      after.removeAll(before);
      assertThat(after).hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void damagedChunkIsEncodedAgain() throws IOException {
    try (LocalStore store = LocalStore.open(folder.resolve("store"));
        LocalStore other = LocalStore.inMemory()) {
      Descriptor first = store.layers().blob(store.layers().commit(files(-1)), GZIP);
      Path blob = folder.resolve("store/blobs/sha256").resolve(first.digest().hex());
      byte[] bytes = Files.readAllBytes(blob);
      for (int i = 100; i < bytes.length; i += 10_000) {
        bytes[i]++;
      }
      Files.write(blob, bytes);
      Descriptor second = store.layers().blob(store.layers().commit(files(70)), GZIP);
      assertThat(second).isEqualTo(other.layers().blob(other.layers().commit(files(70)), GZIP));
    }
  }

  @Test
  void damagedRecordIsNoRecord() throws IOException {
    try (LocalStore store = LocalStore.open(folder.resolve("store"));
        LocalStore other = LocalStore.inMemory()) {
      Descriptor first = store.layers().blob(store.layers().commit(files(-1)), GZIP);
      Path record = folder.resolve("store/lamina/chunks").resolve(first.digest().hex());
      String text = Files.readString(record);
      int firstLine = text.indexOf('\n') + 1;
      Files.writeString(
          record,
          text.substring(0, firstLine)
              + text.substring(firstLine).replace(" 10 ", " 99999999999 ")
              + "x\n1 2\nx y z w\n");
      Descriptor second = store.layers().blob(store.layers().commit(files(70)), GZIP);
      assertThat(second).isEqualTo(other.layers().blob(other.layers().commit(files(70)), GZIP));
    }
  }

  @Test
  void recordGoesWithItsBlob() throws IOException {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      Descriptor blob = store.layers().blob(store.layers().commit(files(-1)), GZIP);
      Path record = folder.resolve("store/lamina/chunks").resolve(blob.digest().hex());
      assertThat(record).exists();
      assertThat(store.prune()).isNotNull();
      assertThat(record).doesNotExist();
    }
  }

  @Test
  void smallLayerHasNoRecord() throws IOException {
    try (LocalStore store = LocalStore.open(folder.resolve("store"))) {
      Layer layer =
          store.layers().commit(Changes.of(List.of(file("/small", Content.of(new byte[10])))));
      Descriptor blob = store.layers().blob(layer, GZIP);
      assertThat(folder.resolve("store/lamina/chunks").resolve(blob.digest().hex())).doesNotExist();
    }
  }

  private List<String> chunks(Descriptor blob) throws IOException {
    Path record = folder.resolve("store/lamina/chunks").resolve(blob.digest().hex());
    return Files.readAllLines(record).stream()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  /** Some 5 MB in 120 files, of which one may be changed. */
  private static Changes files(int changed) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      byte[] bytes = new byte[40_000 + 10 * i];
      new Random(i == changed ? -1 : i).nextBytes(bytes);
      changes.add(file(String.format("/%03d", i), Content.of(bytes)));
    }
    return Changes.of(changes);
  }

  private static Change file(String path, Content content) {
    Metadata metadata = Metadata.of(0644, Instant.EPOCH);
    return new Change.Put(TreePath.of(path), Node.file(metadata, content));
  }
}
