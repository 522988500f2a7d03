// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lamina.fs.Content;
import dev.lamina.oci.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A content that is digested while somebody reads it. */
class DigestedContentTest {
  private static final String TEXT = "some text";

  private final List<String> told = new ArrayList<>();

  private Content over(Content content) {
    return new DigestedContent(content, told::add);
  }

  @Test
  void tellsItsDigestWhenItWasReadInOrder() throws IOException {
    Content content = over(Content.of(TEXT.getBytes(UTF_8)));
    ByteBuffer part = ByteBuffer.allocate(4);
    assertThat(content.read(0, part)).isEqualTo(4);
    assertThat(content.read(4, part.clear())).isEqualTo(4);
    assertThat(told).isEmpty();
    assertThat(content.read(8, part.clear())).isEqualTo(1);
    assertThat(part.flip().get()).isEqualTo((byte) 't');
    assertThat(content.read(9, part.clear())).isEqualTo(-1);
    assertThat(told).containsExactly(Digest.sha256(TEXT).hex());
  }

  @Test
  void givesTheBytesOfItsContent() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    over(Content.of(TEXT.getBytes(UTF_8))).writeTo(out);
    assertThat(out.toString(UTF_8)).isEqualTo(TEXT);
    assertThat(told).hasSize(1);
  }

  @Test
  void tellsNothingIfAPartWasLeftOut() throws IOException {
    Content content = over(Content.of(TEXT.getBytes(UTF_8)));
    ByteBuffer part = ByteBuffer.allocate(4);
    assertThat(content.read(0, part)).isEqualTo(4);
    assertThat(content.read(5, part.clear())).isEqualTo(4);
    assertThat(told).isEmpty();
  }

  @Test
  void tellsNothingOfWhatCannotBeRead() {
    Content broken =
        new Content() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public int read(long position, ByteBuffer dst) throws IOException {
            throw new IOException("found it changed");
          }
        };
    assertThatThrownBy(() -> over(broken).toByteArray()).hasMessage("found it changed");
    assertThat(told).isEmpty();
  }
}
