// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Lamina's store moving an image, in a running JVM or a new one. */
final class Stored {
  private final Bench bench;
  private final String name;
  private final Path store;

  Stored(Bench bench, String name) {
    this.bench = bench;
    this.name = name;
    this.store = bench.scratch(name + "-store");
  }

  Contender loading(Path archive, boolean warm) throws IOException, InterruptedException {
    return contender(
        warm,
        () -> Folders.delete(store),
        () -> Listing.ofStore(store, Images.NAME),
        () -> {},
        "load",
        store.toString(),
        archive.toString());
  }

  Contender saving(Path archive, boolean warm) throws IOException, InterruptedException {
    Path out = bench.scratch(name + ".tar");
    load(archive);
    return contender(
        warm,
        () -> Folders.delete(out),
        () -> Listing.ofArchive(out, bench.scratch("listing")),
        () -> {},
        "save",
        store.toString(),
        out.toString());
  }

  Contender pushing(Path archive, boolean warm) throws IOException, InterruptedException {
    RegistryProcess registry = RegistryProcess.start(bench, name + "-registry");
    return contender(
        warm,
        () -> {
          registry.renew();
          Folders.delete(store);
          load(archive);
        },
        () -> listing(bench, registry),
        registry::stop,
        "push",
        store.toString(),
        registry.image());
  }

  Contender pulling(Path archive, boolean warm) throws IOException, InterruptedException {
    RegistryProcess registry = filled(bench, name + "-registry", archive);
    return contender(
        warm,
        () -> Folders.delete(store),
        () -> Listing.ofStore(store, registry.image()),
        registry::stop,
        "pull",
        store.toString(),
        registry.image());
  }

  /** Returns a registry with the image of an archive, its layers gzip. */
  static RegistryProcess filled(Bench bench, String name, Path archive)
      throws IOException, InterruptedException {
    RegistryProcess registry = RegistryProcess.start(bench, name);
    Stored pushed = new Stored(bench, name);
    pushed.load(archive);
    bench.run(bench.lamina().task("push", pushed.store.toString(), registry.image()));
    Folders.delete(pushed.store);
    return registry;
  }

  /** Returns what is in a registry. */
  static String listing(Bench bench, RegistryProcess registry)
      throws IOException, InterruptedException {
    Path scratch = bench.scratch("listing-store");
    bench.run(bench.lamina().task("pull", scratch.toString(), registry.image()));
    try {
      return Listing.ofStore(scratch, registry.image());
    } finally {
      Folders.delete(scratch);
    }
  }

  private void load(Path archive) throws IOException, InterruptedException {
    bench.run(bench.lamina().task("load", store.toString(), archive.toString()));
  }

  private Contender contender(
      boolean warm,
      Contender.Step preparation,
      Contender.Answer answer,
      Contender.Step cleanUp,
      String... words)
      throws IOException, InterruptedException {
    if (warm) {
      return WarmContender.start(bench.lamina(), preparation, List.of(words), answer, cleanUp);
    }
    return new CommandContender(
        bench.meter(), Set.of(), preparation, List.of(bench.lamina().task(words)), answer, cleanUp);
  }
}
