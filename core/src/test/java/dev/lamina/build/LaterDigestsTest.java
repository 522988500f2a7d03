// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.ContentReader;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digests that inputs get once their contents were read for a layer. */
class LaterDigestsTest {
  private static final Metadata METADATA = Metadata.of(0644, Instant.EPOCH);

  /** Attributes that make a value too long to be kept as it is. */
  private static final String LONG = " user.long=" + "00".repeat(200);

  @TempDir Path folder;
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
    later = new LaterDigests(ContentDigests.open(folder, Clock.systemUTC()));
  }

  private static Changes put(Content content) {
    return Changes.builder().put(TreePath.of("/f"), Node.file(METADATA, content)).build();
  }

  /** Declares files, as a step does before its layer is made and once more after that. */
  private static List<CacheInput> declared(StepInputs.Digests digests, Map<String, Content> files)
      throws IOException, InterruptedException {
    StepInputs inputs =
        new StepInputs(
            StageState.empty(),
            new StepSources(Map.of(), null, null),
            digests,
            (rule, message) -> {
              throw new AssertionError(message);
            });
    for (Map.Entry<String, Content> file : files.entrySet()) {
      inputs.add("file " + file.getKey(), "644 file " + inputs.digest(file.getValue()) + LONG);
    }
    return inputs.inputs();
  }

  private static CacheInput input(String text) {
    return new CacheInput("file " + text, "644 file " + Digest.sha256(text).hex() + LONG);
  }

  @Test
  void whatALayerReadIsNotReadAgain() throws Exception {
    Counted content = new Counted("text");
    var unknown = declared(later::ofRemembered, Map.of("text", content));
    assertThat(later.areAllRemembered()).isFalse();
    assertThat(content.read).isZero();

    LayerWriter.Contents watching =
        new LayerWriter.Contents() {
          @Override
          public InputStream open(Content each, ContentReader reader) throws IOException {
            return later.watching(each, reader.open(each));
          }
        };
    var unused = LayerWriter.write(put(content), watching, OutputStream.nullOutputStream());

    assertThat(declared(later::of, Map.of("text", content)))
        .containsExactly(input("text"))
        .isNotEqualTo(unknown);
    assertThat(content.read).isEqualTo(4);
  }

  @Test
  void whatIsNotInTheLayerIsReadInTheEnd() throws Exception {
    Counted content = new Counted("text");
    var unused = declared(later::ofRemembered, Map.of("text", content));
    assertThat(declared(later::of, Map.of("text", content))).containsExactly(input("text"));
    assertThat(content.read).isEqualTo(4);
  }

  @Test
  void eachContentHasItsOwnDigest() throws Exception {
    Map<String, Content> files = new TreeMap<>();
    for (String text : new String[] {"one", "two"}) {
      files.put(text, new Counted(text));
    }
    var unused = declared(later::ofRemembered, files);
    assertThat(declared(later::of, files)).containsExactly(input("one"), input("two"));
  }

  @Test
  void nothingIsUnknownIfNothingWasAskedFor() {
    assertThat(later.areAllRemembered()).isTrue();
  }
}
