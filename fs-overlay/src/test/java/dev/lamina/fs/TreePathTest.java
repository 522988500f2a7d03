// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
  @Test
  void anyBytesMayBeANameButForSlashAndNul() {
    TreePath path = TreePath.of("/a").resolveName(new byte[] {(byte) 0xff, '\n', '.'});
    assertThat(path).isEqualTo(TreePath.of("a/\udcff\n."));
    assertThat(path.parent()).isEqualTo(TreePath.of("/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0"})
  void whatLeadsElsewhereIsNoName(String name) {
    assertThatThrownBy(() -> TreePath.ROOT.resolveName(name.getBytes(ISO_8859_1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found \"" + name + '"');
  }
}
