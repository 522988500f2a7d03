// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What rows are made with.
 *
 * @param work the folder that runs work in; all peers see it
 * @param workloads what is worked on
 * @param images those among it that are images
 * @param corpora those among it that are compressed
 * @param peers the programs on the machine
 * @param meter what measures processes
 * @param lamina how Lamina is started
 */
record Bench(
    Path work,
    Workloads workloads,
    Images images,
    Corpora corpora,
    Peers peers,
    Meter meter,
    Lamina lamina) {
  /** Runs a command that isn't measured. */
  void run(List<String> command) throws IOException, InterruptedException {
    Cost unused = meter.run(command, Set.of());
  }

  /** Returns a folder or file below the work folder. */
  Path scratch(String name) {
    return work.resolve("runs").resolve(name);
  }
}
