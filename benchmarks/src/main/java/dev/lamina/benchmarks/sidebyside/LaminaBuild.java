// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lamina as a builder, with a store of its own. */
final class LaminaBuild {
  private final Builders situation;
  private final Bench bench;
  private final Jvm jvm;
  private final Path store;
  private final Path out;

  LaminaBuild(Builders situation, Jvm jvm) {
    this.situation = situation;
    this.bench = situation.bench();
    this.jvm = jvm;
    this.store = bench.scratch(jvm.scratch("store"));
    this.out = bench.scratch(jvm.scratch("archive"));
  }

  Contender open() throws IOException, InterruptedException {
    Optional<Path> loaded = start();
    return jvm.contender(bench, preparation(), words(loaded), this::listing);
  }

  /** Returns the archive that each build loads, if it does. */
  private Optional<Path> start() throws IOException, InterruptedException {
    switch (situation.start()) {
      case BUILT -> bench.run(build(Optional.empty()));
      case USED_BASE -> {
        bench.load(store, situation.base().orElseThrow().archive());
        bench.run(build(Optional.empty()));
      }
      case NOTHING -> {
        return situation.base().isPresent()
            ? Optional.of(situation.base().get().archive())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private List<String> build(Optional<Path> loaded) {
    return bench.lamina().task(words(loaded));
  }

  private List<String> words(Optional<Path> loaded) {
    List<String> words = new ArrayList<>(List.of("build", "--progress", "none", "--context"));
    words.addAll(List.of(situation.context().toString(), "--store", store.toString()));
    words.addAll(List.of("--tag", situation.image()));
    loaded.ifPresent(archive -> words.addAll(List.of("--load", archive.toString())));
    if (situation.archive()) {
      words.addAll(List.of("--out", out.toString()));
    }
    if (situation.start() == Builders.Start.USED_BASE) {
      words.add("--no-cache");
    }
    return words;
  }

  private Contender.Step preparation() {
    if (situation.start() != Builders.Start.NOTHING) {
      return situation.before();
    }
    return () -> {
      Folders.delete(store);
      situation.before().run();
    };
  }

  private String listing() throws IOException {
    return Listing.ofStore(store, situation.image());
  }
}
