// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.Xattrs;
import org.junit.jupiter.api.Test;

class OverlayMarksTest {
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  @Test
  void attributesNamedLikeTheOverlaysAreAFilesOwnAgain() {
    Xattrs own =
        Xattrs.empty()
            .with("user.a", ONE)
            .with("user.overlay.opaque", ONE)
            .with("user.overlay.overlay.opaque", TWO);
    Xattrs below = OverlayMarks.escaped(own);

    assertThat(below.names())
        .containsExactlyInAnyOrder(
            "user.a", "user.overlay.overlay.opaque", "user.overlay.overlay.overlay.opaque");
    assertThat(OverlayMarks.isOpaque(below)).isFalse();
    assertThat(OverlayMarks.own(below)).isEqualTo(own);
  }

  @Test
  void marksAreNoAttributesOfTheFile() {
    Xattrs own = Xattrs.empty().with("user.fuseoverlayfs.opaque", ONE);
    Xattrs below = OverlayMarks.opaque(own).with("user.overlay.origin", TWO);

    assertThat(OverlayMarks.isOpaque(below)).isTrue();
    assertThat(OverlayMarks.own(below)).isEqualTo(own);
  }
}
