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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Remembers which manifests and indexes of a store came from outside or went there, and under which
 * repositories: those leave the store byte for byte as they are, and their digests are what {@code
 * docker images --digests} shows. What is not remembered was made here, and is compressed when it
 * leaves.
 *
 * <p>Any number of processes may add to one store's. Thread-safe.
 */
public final class Origins {
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

  private Path file(Digest digest) throws IOException {
    return store.notes("origins").resolve(digest.algorithm() + "-" + digest.hex());
  }
}
