// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.task.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The engines as an ordinary user of this host, with and without subordinate ids. */
class RootlessTest {
  /** What can't be where root is the only user. */
  private static final Set<String> NEED_OTHER_USERS =
      Set.of(
          "agentSocketIsTheProcesssOwn",
          "cacheIsMadeWithItsOwner",
          "secretIsAReadOnlyFileOfItsOwner",
          "userGroupsAndHomeAreTheImages");

  @TempDir static Path folder;

  /** What came of each test, by who ran them. */
  private static final Map<String, List<String>> OUTCOMES = new ConcurrentHashMap<>();

  /** Mostly they wait for programs to start, so two contracts run at a time. */
  @BeforeAll
  static void runAll() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
        "skipped: only root can become an ordinary user");
    assumeTrue(
        Files.exists(Path.of("/etc/subuid")) && Files.exists(Path.of("/etc/subgid")),
        "skipped: no /etc/subuid to mount over");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Parallel.Task> tasks = new ArrayList<>();
    for (Class<?> contract :
        List.of(UnshareTest.class, BubblewrapTest.class, RuncTest.class, CrunTest.class)) {
      tasks.add(() -> run(contract.getSimpleName(), contract, true, false));
    }
    tasks.add(() -> run("alone", RuncTest.class, false, false));
    tasks.add(() -> run("container", OnOverlay.class, true, true));
    Parallel.run(tasks, 2);
  }

  private static void run(String name, Class<?> contract, boolean ranges, boolean overlay)
      throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    try {
      OUTCOMES.put(name, OrdinaryUser.run(contract, ranges, overlay, own));
    } catch (Exception e) {
      OUTCOMES.put(name, List.of("failed to run: " + e));
    }
    HostCommand.Result<String> unused =
        HostCommand.run(List.of("find", own.toString(), "-mindepth", "1", "-delete"));
  }

  @TestFactory
  Stream<DynamicTest> runc() {
    return tests("RuncTest");
  }

  @TestFactory
  Stream<DynamicTest> crun() {
    return tests("CrunTest");
  }

  @TestFactory
  Stream<DynamicTest> bubblewrap() {
    return tests("BubblewrapTest");
  }

  @TestFactory
  Stream<DynamicTest> unshare() {
    return tests("UnshareTest");
  }

  @TestFactory
  Stream<DynamicTest> runcWithoutSubordinateIds() {
    return tests("alone");
  }

  @TestFactory
  Stream<DynamicTest> inAContainersFileSystem() {
    return tests("container");
  }

  private static Stream<DynamicTest> tests(String name) {
    return OUTCOMES.get(name).stream()
        .map(
            line ->
                DynamicTest.dynamicTest(
                    line.replaceFirst(":.*", ""), () -> require(line, name.equals("alone"))));
  }

  private static void require(String line, boolean alone) {
    assumeTrue(!line.startsWith("skipped"), line);
    boolean fails = alone && NEED_OTHER_USERS.stream().anyMatch(test -> line.contains(" " + test));
    assertThat(line).startsWith(fails ? "failed" : "passed");
  }
}
