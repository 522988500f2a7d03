// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostStatTest {
  @TempDir private Path folder;

  @Test
  void whoDoesNotAskWhoseAFileIsLearnsAllElse() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    Files.createLink(folder.resolve("second name"), file);
    assertSameButOwner(file);
    assertSameButOwner(folder);
    assertSameButOwner(Files.createSymbolicLink(folder.resolve("link"), file));
  }

  @Test
  void deviceIsKnownByItsNumberWhoeverAsks() throws Exception {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "skipped: no /dev/null");
    assertSameButOwner(device);
    assertThat(HostStat.readOfAnyOwner(device).rdev()).isNotZero();
  }

  private static void assertSameButOwner(Path file) throws Exception {
    HostStat all = HostStat.read(file);
    assertThat(HostStat.readOfAnyOwner(file))
        .isEqualTo(
            new HostStat(
                all.type(),
                all.mode(),
                0,
                0,
                all.links(),
                all.device(),
                all.inode(),
                all.rdev(),
                all.size(),
                all.modified(),
                all.changed()));
  }
}
