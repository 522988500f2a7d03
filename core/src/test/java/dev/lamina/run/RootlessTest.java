// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The engines as an ordinary user of this host, with and without subordinate ids. */
class RootlessTest {
  @BeforeAll
  static void someUserCanBeMade() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "skipped: only root can become an ordinary user");
    assumeTrue(
        Files.exists(Path.of("/etc/subuid")) && Files.exists(Path.of("/etc/subgid")),
        "skipped: no /etc/subuid to mount over");
  }

  @TestFactory
  Stream<DynamicTest> runc(@TempDir Path folder) throws Exception {
    return tests(RuncTest.class, true, folder);
  }

  @TestFactory
  Stream<DynamicTest> crun(@TempDir Path folder) throws Exception {
    return tests(CrunTest.class, true, folder);
  }

  @TestFactory
  Stream<DynamicTest> bubblewrap(@TempDir Path folder) throws Exception {
    return tests(BubblewrapTest.class, true, folder);
  }

  @TestFactory
  Stream<DynamicTest> unshare(@TempDir Path folder) throws Exception {
    return tests(UnshareTest.class, true, folder);
  }

  private static Stream<DynamicTest> tests(Class<?> contract, boolean ranges, Path folder)
      throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> lines = OrdinaryUser.run(contract, ranges, folder);
    HostCommand.Result<String> unused =
        HostCommand.run(List.of("find", folder.toString(), "-mindepth", "1", "-delete"));
    return lines.stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.replaceFirst(":.*", ""),
                    () -> {
                      assumeTrue(!line.startsWith("skipped"), line);
                      assertThat(line).startsWith("passed");
                    }));
  }
}
