// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes that are digested while somebody reads them. */
class DigestedInputStreamTest {
  private static final String TEXT = "some text";

  private final List<String> told = new ArrayList<>();
  private final InputStream in =
      new DigestedInputStream(
          new ByteArrayInputStream(TEXT.getBytes(UTF_8)), TEXT.length(), told::add);

  @Test
  void tellsTheDigestWhenAllWasRead() throws IOException {
    assertThat(in.readNBytes(8)).isEqualTo("some tex".getBytes(UTF_8));
    assertThat(told).isEmpty();
    assertThat(in.read()).isEqualTo('t');
    assertThat(told).containsExactly(Digest.sha256(TEXT).hex());
    assertThat(in.read()).isEqualTo(-1);
    assertThat(told).hasSize(1);
  }

  @Test
  void digestsWhatIsSkipped() throws IOException {
    in.skipNBytes(4);
    assertThat(in.readAllBytes()).isEqualTo(" text".getBytes(UTF_8));
    assertThat(told).containsExactly(Digest.sha256(TEXT).hex());
  }
}
