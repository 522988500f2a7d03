// SPDX-License-Identifier: Apache-2.0
package dev.lamina.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What keys say of a node. */
class NodeTextTest {
  private static final Metadata PLAIN = Metadata.of(0644, Instant.EPOCH);

  private static Node.File file(Metadata metadata, String text) {
    return Node.file(metadata, Content.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyKindHasATextOfItsOwn() {
    List<Node> nodes =
        List.of(
            Node.directory(PLAIN),
            file(PLAIN, ""),
            file(PLAIN, "a"),
            Node.symlink(PLAIN, "a"),
            Node.symlink(PLAIN, "b"),
            Node.device(PLAIN, true, 1, 2),
            Node.device(PLAIN, false, 1, 2),
            Node.device(PLAIN, false, 1, 3),
            Node.fifo(PLAIN),
            Node.socket(PLAIN));

    assertThat(nodes.stream().map(NodeText::of)).doesNotHaveDuplicates();
  }

  @Test
  void timesAreLeftOut() {
    Metadata later = Metadata.of(0644, Instant.ofEpochSecond(1));

    assertThat(NodeText.of(Node.fifo(later))).isEqualTo(NodeText.of(Node.fifo(PLAIN)));
    assertThat(NodeText.of(file(later, "a"), "x")).isEqualTo("644 0:0 file 1 x");
  }
}
