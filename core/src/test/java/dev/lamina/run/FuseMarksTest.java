// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuseMarksTest {
  @Test
  void marksAreNeitherFilesNorAttributes() {
    TreePath file = TreePath.of("/a/b");
    TreePath opaque = FuseMarks.opaque(TreePath.of("/a"));

    assertThat(FuseMarks.hidden(FuseMarks.whiteout(file))).hasValue(file);
    assertThat(FuseMarks.hidden(opaque)).isEmpty();
    assertThat(FuseMarks.isOpaque(opaque)).isTrue();
    assertThat(FuseMarks.isMark(TreePath.of("/a/.wh.b/c"))).isTrue();
    for (String none : List.of("/a/b", "/a/.wh.", "/a/.wh.b/c", "/.wh.a/.wh.b")) {
      assertThat(FuseMarks.hidden(TreePath.of(none))).as(none).isEmpty();
    }
    Xattrs own = Xattrs.empty().with("user.a", new byte[1]);
    assertThat(FuseMarks.own(own.with("user.fuseoverlayfs.origin", new byte[2]))).isEqualTo(own);
  }
}
