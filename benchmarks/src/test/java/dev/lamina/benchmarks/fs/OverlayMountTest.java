// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OverlayMountTest {
  @Test
  void layersOfBothFileSystemsHoldTheSameFiles() throws Exception {
    int files = 300;
    int layers = 3;
    FileTree tree = Trees.layered(files, layers);
    try (OverlayMount mount = mount(files, layers);
        OverlayFileSystem fs = OverlayFileSystem.over(tree);
        Stream<Path> walk = Files.walk(fs.getPath("/"))) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        Path other = mount.root().resolve(path.toString().substring(1));
        assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(path));
      }
    }
  }

  @Test
  void whatWasWrittenIsGoneWhenRenewed() throws Exception {
    try (OverlayMount mount = mount(100, 1)) {
      Path file = mount.root().resolve(SampleFolders.file(5));
      Files.writeString(file, "changed");

      mount.renew();

      assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4);
    }
  }

  private static OverlayMount mount(int files, int layers) throws Exception {
    try {
      return OverlayMount.of(layers, (layer, i) -> Trees.writeLayer(layer, files, layers, i));
    } catch (IOException e) {
      return abort("no overlayfs can be mounted here: " + e.getMessage());
    }
  }
}
