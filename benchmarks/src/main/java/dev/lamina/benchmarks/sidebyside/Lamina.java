// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How Lamina is started: in a JVM of its own, from the jar this runs from, with an archive of the
 * classes as {@code bin/lamina-build} has one.
 */
final class Lamina {
  private final Path archive;
  private final List<String> workerOptions;

  private Lamina(Path archive, List<String> workerOptions) {
    this.archive = archive;
    this.workerOptions = List.copyOf(workerOptions);
  }

  /** Returns the same whose running JVMs have more options. */
  Lamina withWorkerOptions(List<String> options) {
    return new Lamina(archive, options);
  }

  /** Makes the archive of classes, which a JVM uses if it fits. */
  static Lamina prepare(Path work, Workloads workloads, Meter meter)
      throws IOException, InterruptedException {
    Path archive = work.resolve("lamina.jsa");
    Files.deleteIfExists(archive);
    List<String> command = new ArrayList<>(jvm("-XX:ArchiveClassesAtExit=" + archive));
    command.addAll(List.of(Task.class.getName(), "build", "--context"));
    command.add(workloads.tiny().toString());
    Cost unused = meter.run(command, Set.of());
    return new Lamina(archive, List.of());
  }

  /** Returns the command that does a task of {@link Tasks} in a new JVM. */
  List<String> task(String... words) {
    return task(List.of(words));
  }

  /** Returns the command that does a task in a new JVM. */
  List<String> task(List<String> words) {
    return task(List.of(), words);
  }

  /** Returns the command that does a task in a new JVM with more options. */
  List<String> task(List<String> jvmOptions, List<String> words) {
    List<String> command =
        main("-XX:SharedArchiveFile=" + archive, Task.class, words.toArray(String[]::new));
    command.addAll(1, jvmOptions);
    return command;
  }

  /** Returns the command that starts a JVM which is told tasks one after the other. */
  List<String> worker() {
    List<String> command = main("-XX:SharedArchiveFile=" + archive, Worker.class);
    command.addAll(1, workerOptions);
    return command;
  }

  /** Returns the command that does a task in a new JVM without the archive of classes. */
  static List<String> plain(String... words) {
    return main("-Xshare:auto", Task.class, words);
  }

  /** Returns the command of a JVM with the same options that does next to nothing. */
  static List<String> bare(String what) {
    return main("-Xshare:auto", Bare.class, what);
  }

  private static List<String> main(String option, Class<?> main, String... words) {
    List<String> command = new ArrayList<>(jvm(option));
    command.add(main.getName());
    command.addAll(List.of(words));
    return command;
  }

  private static List<String> jvm(String option) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-Xlog:disable",
        option,
        "-cp",
        System.getProperty("java.class.path"));
  }
}
