// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.TreePath;
import org.junit.jupiter.api.Test;

class ServiceDiffTest {
  @Test
  void linesAreNewChangedAndRemovedPaths() {
    ServiceDiff diff = ServiceDiff.parse("C /etc\nA /etc/a b\nD /etc/issue\n");

    assertThat(diff.changed()).containsExactly("/etc");
    assertThat(diff.added()).containsExactly("/etc/a b");
    assertThat(diff.removed()).containsExactly("/etc/issue");
    assertThat(diff.exact()).isTrue();
    assertThat(diff.names(TreePath.of("/etc/a b"))).isTrue();
  }

  @Test
  void nothingIsNoDifference() {
    assertThat(ServiceDiff.parse("").isEmpty()).isTrue();
  }

  @Test
  void whatIsInANewDirectoryGoesWithIt() {
    ServiceDiff diff =
        ServiceDiff.parse("C /\nA /opt\nA /opt/d\nA /opt/d/f\nA /opt-2\nC /etc\nA /etc/f");

    assertThat(diff.topsOfAdded().stream().map(TreePath::toString))
        .containsExactlyInAnyOrder("/opt", "/opt-2", "/etc/f");
  }

  @Test
  void nameThatIsNoTextHasTheKeyThatTheServiceMakesOfIt() {
    ServiceDiff diff = ServiceDiff.parse("A /f\uFFFD\uFFFDx");

    assertThat(diff.exact()).isFalse();
    assertThat(diff.names(TreePath.ofBytes(new byte[] {'/', 'f', -1, -2, 'x'}))).isTrue();
  }

  @Test
  void nameWithALineBreakHasItsFirstLineAsKey() {
    ServiceDiff diff = ServiceDiff.parse("A /f\nrest");

    assertThat(diff.exact()).isFalse();
    assertThat(diff.names(TreePath.of("/f\nrest"))).isTrue();
  }
}
