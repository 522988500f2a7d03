// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.oci.Digest;
import dev.lamina.store.LocalStore;
import dev.lamina.store.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Remembers which manifests and indexes of a store came from outside or went there, and under which
 * repositories: those leave the store byte for byte as they are, and their digests are what {@code
 * docker images --digests} shows. What is not remembered was made here, and is compressed when it
 * leaves.
 *
 * <p>Any number of processes may add to one store's. Thread-safe.
 */
public final class Origins {
  private static final String FOLDER = "origins";

  private final LocalStore store;

  private Origins(LocalStore store) {
    this.store = store;
  }

  /** Returns the origins of a store's images. */
  public static Origins of(LocalStore store) {
    return new Origins(store);
  }

  /** Returns whether a manifest or index is known outside. */
  public boolean isKnown(Digest digest) throws IOException {
    return Files.exists(file(digest));
  }

  /** Returns the repositories in which a manifest or index is: {@code docker.io/library/debian}. */
  public Set<String> repositories(Digest digest) throws IOException {
    Set<String> names = new TreeSet<>();
    try {
      for (String line : Files.readAllLines(file(digest), StandardCharsets.UTF_8)) {
        if (!line.isEmpty()) {
          names.add(line);
        }
      }
    } catch (NoSuchFileException e) {
      return Set.of();
    }
    return names;
  }

  /**
   * Notes that a manifest or index came from outside, or went there.
   *
   * @param repository domain and path; empty if it is no registry's
   */
  public void add(Digest digest, Optional<String> repository) throws IOException {
    Set<String> names = new TreeSet<>(repositories(digest));
    if (isKnown(digest) && (repository.isEmpty() || names.contains(repository.get()))) {
      return;
    }
    repository.ifPresent(names::add);
    WholeFiles.write(file(digest), String.join("\n", names).getBytes(StandardCharsets.UTF_8));
  }

  /** Forgets those of what isn't in the store any more; what comes in again is noted again. */
  public void prune() throws IOException {
    for (Path file : files()) {
      Optional<Digest> digest = digest(file);
      if (digest.isPresent() && !store.blobs().contains(digest.get())) {
        Set<String> names = repositories(digest.get());
        Files.deleteIfExists(file);
        if (store.blobs().contains(digest.get())) { // come in, and found to be noted, meanwhile
          add(digest.get(), Optional.empty());
          for (String name : names) {
            add(digest.get(), Optional.of(name));
          }
        }
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(store.notes(FOLDER))) {
      return files.toList();
    }
  }

  private static Optional<Digest> digest(Path file) {
    try {
      return Optional.of(Digest.parse(file.getFileName().toString().replace('-', ':')));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // one that is being written
    }
  }

  private Path file(Digest digest) throws IOException {
    return store.notes(FOLDER).resolve(digest.algorithm() + "-" + digest.hex());
  }
}
