// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests that inputs get once their contents were read for a layer. */
class LaterDigestsTest {
  private static final Metadata METADATA = Metadata.of(0644, Instant.EPOCH);

  @TempDir Path folder;
  private ContentDigests digests;
  private StepInputs inputs;
  private LaterDigests later;

  /** Bytes that count how many of them were read. */
  private static final class Counted implements Content {
    private final Content bytes;
    private long read;

    Counted(String text) {
      bytes = Content.of(text.getBytes(UTF_8));
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public int read(long position, ByteBuffer dst) throws IOException {
      int n = bytes.read(position, dst);
      read += Math.max(0, n);
      return n;
    }
  }

  @BeforeEach
  void open() throws IOException {
    digests = ContentDigests.open(folder, Clock.systemUTC());
    inputs =
        new StepInputs(
            StageState.empty(),
            new StepSources(Map.of(), null, null),
            digests,
            (rule, message) -> {
              throw new AssertionError(message);
            });
    later = inputs.digestLater();
  }

  private static Changes put(Content content) {
    return Changes.builder().put(TreePath.of("/f"), Node.file(METADATA, content)).build();
  }

  @Test
  void whatALayerReadIsNotReadAgain() throws Exception {
    Counted content = new Counted("text");
    inputs.add("file f", "644 file 4 " + inputs.digest(content));
    assertThat(later.isEmpty()).isFalse();
    assertThat(content.read).isZero();

    var unused = LayerWriter.write(later.watching(put(content)), OutputStream.nullOutputStream());
    inputs.complete(later);

    assertThat(inputs.inputs())
        .containsExactly(new CacheInput("file f", "644 file 4 " + Digest.sha256("text").hex()));
    assertThat(content.read).isEqualTo(4);
  }

  @Test
  void whatIsNotInTheLayerIsReadInTheEnd() throws Exception {
    Counted content = new Counted("text");
    inputs.add("file f", inputs.digest(content));
    inputs.complete(later);
    assertThat(inputs.inputs())
        .containsExactly(new CacheInput("file f", Digest.sha256("text").hex()));
  }

  @Test
  void valuesTooLongToBeKeptHaveTheDigestTooBeforeTheyAreDigested() throws Exception {
    String attributes = " user.long=" + "00".repeat(200);
    for (String text : new String[] {"one", "two"}) {
      inputs.add("file " + text, "file 3 " + inputs.digest(new Counted(text)) + attributes);
    }
    inputs.complete(later);
    for (int i = 0; i < 2; i++) {
      String text = i == 0 ? "one" : "two";
      assertThat(inputs.inputs().get(i))
          .isEqualTo(
              new CacheInput("file " + text, "file 3 " + Digest.sha256(text).hex() + attributes));
    }
  }

  @Test
  void textThatOnlyLooksLikeAMarkStays() throws Exception {
    Counted content = new Counted("text");
    inputs.add("heredoc f", "\0" + "7\1");
    inputs.add("file f", inputs.digest(content));
    inputs.complete(later);
    assertThat(inputs.inputs().get(0)).isEqualTo(new CacheInput("heredoc f", "\0" + "7\1"));
  }
}
