// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.spi.Probe;
import dev.lamina.spi.RunEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** An engine in a folder on which the kernel mounts no overlay, as that is one itself. */
class OnOverlay extends HostileContract {
  private final HostEngine engine = HostEngine.unshare();

  @Override
  RunEngine engine() {
    return engine;
  }

  @Test
  void rootIsMadeByFuse() {
    assumeTrue(
        EngineProbe.find("fuse-overlayfs").isPresent() && Files.isWritable(Path.of("/dev/fuse")),
        "skipped: no fuse-overlayfs, or no /dev/fuse");
    assertThat(engine.probe())
        .isInstanceOf(Probe.Available.class)
        .asString()
        .contains("rootless, with subordinate ids, fuse");
  }
}
