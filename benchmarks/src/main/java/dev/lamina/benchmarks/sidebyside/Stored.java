// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Lamina's store moving an image, in a running JVM or a new one. */
final class Stored {
  private final Bench bench;
  private final Jvm jvm;
  private final Path store;

  Stored(Bench bench, Jvm jvm) {
    this.bench = bench;
    this.jvm = jvm;
    this.store = bench.scratch(jvm.scratch("store"));
  }

  Contender loading(Path archive) throws IOException, InterruptedException {
    return jvm.contender(
        bench,
        () -> Folders.delete(store),
        List.of("load", store.toString(), archive.toString()),
        () -> Listing.ofStore(store, Images.NAME));
  }

  Contender saving(Path archive) throws IOException, InterruptedException {
    Path out = bench.scratch(jvm.scratch("archive"));
    bench.load(store, archive);
    return jvm.contender(
        bench,
        () -> Folders.delete(out),
        List.of("save", store.toString(), out.toString()),
        bench.imageIn(out));
  }

  Contender pushing(Path archive) throws IOException, InterruptedException {
    RegistryProcess registry = RegistryProcess.start(bench, jvm.scratch("registry"));
    return jvm.contender(
        bench,
        () -> {
          registry.renew();
          Folders.delete(store);
          bench.load(store, archive);
        },
        List.of("push", store.toString(), registry.image()),
        registry.answer(bench),
        registry::stop);
  }

  Contender pulling(Path archive) throws IOException, InterruptedException {
    return pulling("pull", archive);
  }

  /** An image to an OCI layout, which a store is, its layers as they come. */
  Contender pullingBlobs(Path archive) throws IOException, InterruptedException {
    return pulling("pull-blobs", archive);
  }

  private Contender pulling(String task, Path archive) throws IOException, InterruptedException {
    RegistryProcess registry = filled(bench, jvm.scratch("registry"), archive);
    return jvm.contender(
        bench,
        () -> Folders.delete(store),
        List.of(task, store.toString(), registry.image()),
        () -> Listing.ofStore(store, registry.image()),
        registry::stop);
  }

  /** What came from one registry to another. */
  Contender pushingBlobs(Path archive) throws IOException, InterruptedException {
    RegistryProcess from = filled(bench, jvm.scratch("source"), archive);
    bench.run(bench.lamina().task("pull-blobs", store.toString(), from.image()));
    from.stop();
    RegistryProcess registry = RegistryProcess.start(bench, jvm.scratch("registry"));
    return jvm.contender(
        bench,
        registry::renew,
        List.of("push-blobs", store.toString(), from.image(), registry.image()),
        registry.answer(bench),
        registry::stop);
  }

  /** Returns a registry with the image of an archive, its layers gzip. */
  static RegistryProcess filled(Bench bench, String name, Path archive)
      throws IOException, InterruptedException {
    RegistryProcess registry = RegistryProcess.start(bench, name);
    Path store = bench.scratch(name + "-store");
    bench.load(store, archive);
    bench.run(bench.lamina().task("push", store.toString(), registry.image()));
    Folders.delete(store);
    return registry;
  }
}
