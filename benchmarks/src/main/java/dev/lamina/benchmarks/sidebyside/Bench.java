// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
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
  /** Returns one that works in a folder, which it makes. */
  static Bench open(Path folder) throws IOException, InterruptedException {
    Path work = folder.toAbsolutePath().normalize();
    Files.createDirectories(work.resolve("runs"));
    Path made = work.resolve("workloads");
    Workloads workloads = new Workloads(made);
    Images images = new Images(made, workloads);
    Corpora corpora = new Corpora(made, workloads);
    Meter meter = new Meter(work.resolve("output.txt"));
    Lamina lamina = Lamina.prepare(work, workloads, meter);
    return new Bench(work, workloads, images, corpora, new Peers(), meter, lamina);
  }

  /** Returns the same whose running JVMs have more options. */
  Bench withWorkerOptions(List<String> options) {
    return new Bench(
        work, workloads, images, corpora, peers, meter, lamina.withWorkerOptions(options));
  }

  /** Runs a command that isn't measured. */
  void run(List<String> command) throws IOException, InterruptedException {
    Cost unused = meter.run(command, Set.of());
  }

  /** Returns what makes all runs begin in the same state. */
  Contender.Step calm() {
    return new Calm(meter, scratch("calm"));
  }

  /** Returns what a command says, at most the last 1,000 characters. */
  String ask(List<String> command) throws IOException, InterruptedException {
    run(command);
    return meter.output();
  }

  /** Has Lamina put the image of an archive into a store; not measured. */
  void load(Path store, Path archive) throws IOException, InterruptedException {
    run(lamina.task("load", store.toString(), archive.toString()));
  }

  /** Returns the answer that is the only image in an archive or a layout. */
  Contender.Answer imageIn(Path archive) {
    return () -> Listing.ofArchive(archive, scratch("listing"));
  }

  /** Returns a folder or file below the work folder. */
  Path scratch(String name) {
    return work.resolve("runs").resolve(name);
  }
}
