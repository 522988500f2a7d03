// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.ChildJvm;
import dev.lamina.spi.Probe;
import dev.lamina.spi.RunEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuncTest extends HostileContract {
  private final HostEngine engine = HostEngine.oci("runc");

  @Override
  RunEngine engine() {
    return engine;
  }

  /** Control groups are what keeps root's processes from the devices of the host. */
  @Test
  void runsNothingAsRootWhereControlGroupsAreReadOnly(@TempDir Path folder) throws Exception {
    assumeTrue(
        engine.probe() instanceof Probe.Available available
            && !available.toString().contains("rootless"),
        "skipped: not root, or runc doesn't run here at all");
    String readOnly =
        "grep -o '/sys/fs/cgroup[^ ]*' /proc/mounts | while read m; do mount -o remount,bind,ro $m;"
            + " done; exec \"$@\"";
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", readOnly));
    command.add("sh");
    command.addAll(ChildJvm.command(Probing.class, List.of()));
    Process jvm =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();

    assertThat(jvm.waitFor()).isZero();
    assertThat(folder.resolve("out"))
        .content(StandardCharsets.UTF_8)
        .startsWith("Unavailable")
        .contains("read-only file system");
  }

  /** Says on stdout whether runc can be used. */
  static final class Probing {
    private Probing() {}

    public static void main(String[] args) {
      System.out.println(HostEngine.oci("runc").probe());
    }
  }
}
