// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.context.BuildContext;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build knows of contents that it has written into a layer. */
class LayerContentsTest {
  private static final Metadata METADATA = Metadata.of(0644, Instant.EPOCH);
  private static final String TEXT = "some text";

  @TempDir private Path folder;
  private LocalStore store;
  private ContentDigests digests;

  @BeforeEach
  void open() throws IOException {
    store = LocalStore.open(folder.resolve("store"));
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    digests = ContentDigests.open(store.folder("content-digests"), later);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private Content fileOfContext() throws Exception {
    Path context = Files.createDirectory(folder.resolve("context"));
    Files.writeString(context.resolve("a"), TEXT);
    Files.writeString(context.resolve("b"), TEXT + " more");
    return content(BuildContext.folder(context).tree(Set.of("/")), TreePath.of("/a"));
  }

  private static Content content(FileTree tree, TreePath path) {
    return ((Node.File) tree.node(path).orElseThrow()).content();
  }

  /** Writes a content into a layer, and returns what somebody finds there who copies from it. */
  private Content written(Content content, TreePath path) throws IOException {
    Changes changes = Changes.builder().put(path, Node.file(METADATA, content)).build();
    Layer layer = new LayerContents(digests, store.layers(), (each, in) -> in).commit(changes);
    return content(FileTree.empty().apply(layer.changes()), path);
  }

  @Test
  void contentThatWasDigestedForALayerIsNotReadAgainWhenItIsCopiedFromThere() throws Exception {
    Content file = fileOfContext();
    assertThat(digests.of(file)).isEqualTo(Digest.sha256(TEXT).hex());
    long before = digests.bytesRead();

    Content inFirst = written(file, TreePath.of("/first"));
    Content inSecond = written(inFirst, TreePath.of("/second"));

    assertThat(digests.of(inFirst)).isEqualTo(Digest.sha256(TEXT).hex());
    assertThat(digests.of(inSecond)).isEqualTo(Digest.sha256(TEXT).hex());
    assertThat(digests.bytesRead()).isEqualTo(before);
  }

  @Test
  void contentThatNobodyDigestedIsReadForItsDigest() throws Exception {
    Content inLayer = written(fileOfContext(), TreePath.of("/first"));
    assertThat(digests.of(inLayer)).isEqualTo(Digest.sha256(TEXT).hex());
    assertThat(digests.bytesRead()).isEqualTo(TEXT.length());
  }
}
