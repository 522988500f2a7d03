// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.ChildJvm;
import dev.lamina.spi.Probe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups are what keeps the processes of root from the devices of the host. */
class ControlGroupsTest {
  private static final String READ_ONLY =
      "grep -o '/sys/fs/cgroup[^ ]*' /proc/mounts | while read m; do mount -o remount,bind,ro $m;"
          + " done; exec \"$@\"";

  @TempDir Path folder;

  @Test
  void runcRunsNothingAsRootWhereTheyAreReadOnly() throws Exception {
    Probe here = HostEngine.oci("runc").probe();
    assumeTrue(
        here instanceof Probe.Available && !here.toString().contains("rootless"),
        () -> "skipped: not root, or " + here);
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", READ_ONLY));
    command.add("sh");
    command.addAll(ChildJvm.command(ControlGroupsTest.class, List.of()));
    Process jvm =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();

    assertThat(jvm.waitFor()).isZero();
    assertThat(out)
        .content(StandardCharsets.UTF_8)
        .startsWith("Unavailable")
        .contains("read-only file system");
  }

  /** Says whether runc can be used. */
  public static void main(String[] arguments) {
    System.out.println(HostEngine.oci("runc").probe());
  }
}
