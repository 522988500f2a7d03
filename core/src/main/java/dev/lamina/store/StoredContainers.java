// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.error.LaminaException;
import dev.lamina.fs.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The containers that a store keeps. Their images and layers are not pruned. Each change is atomic
 * and durable. Thread-safe.
 */
public final class StoredContainers {
  private final Storage storage;

  StoredContainers(Storage storage) {
    this.storage = storage;
  }

  /** Returns all, in the order of their names. */
  public List<StoredContainer> list() throws IOException {
    List<StoredContainer> all = new ArrayList<>();
    for (String id : storage.names(Area.CONTAINERS)) {
      Optional<Content> file = storage.find(Area.CONTAINERS, id);
      if (file.isPresent()) {
        all.add(StoredContainer.parse(id, file.get().toByteArray()));
      }
    }
    all.sort(Comparator.comparing(StoredContainer::name));
    return List.copyOf(all);
  }

  /**
   * Returns the container of a name, or of an ID that begins with some digits.
   *
   * @throws LaminaException if the digits stand for several
   */
  public Optional<StoredContainer> find(String nameOrId) throws IOException {
    List<StoredContainer> all = list();
    Optional<StoredContainer> named =
        all.stream().filter(each -> each.name().equals(nameOrId)).findFirst();
    if (named.isPresent() || nameOrId.isEmpty()) {
      return named;
    }
    List<StoredContainer> found =
        all.stream().filter(each -> each.id().startsWith(nameOrId)).toList();
    if (found.size() > 1) {
      throw new LaminaException(
          "container " + nameOrId + ": expected the digits of one, found " + found.size());
    }
    return found.stream().findFirst();
  }

  /**
   * Notes a new container.
   *
   * @throws LaminaException if another has its name
   */
  public void add(StoredContainer container) throws IOException {
    storage.exclusivelyDo(
        () -> {
          for (StoredContainer other : list()) {
            if (other.name().equals(container.name())) {
              throw new LaminaException(
                  "container name "
                      + container.name()
                      + ": expected an unused one, found that of "
                      + other.id());
            }
          }
          write(container);
        });
  }

  /** Notes what has become of a container; nothing if it was removed. */
  public void update(StoredContainer container) throws IOException {
    storage.exclusivelyDo(
        () -> {
          if (storage.find(Area.CONTAINERS, container.id()).isPresent()) {
            write(container);
          }
        });
  }

  private void write(StoredContainer container) throws IOException {
    try (Staged staged = storage.stage()) {
      staged.write(container.bytes());
      staged.publish(Area.CONTAINERS, container.id());
    }
  }

  /** Forgets a container. What only it referred to goes with the next pruning. */
  public void remove(StoredContainer container) throws IOException {
    storage.exclusivelyDo(() -> storage.delete(Area.CONTAINERS, container.id()));
  }

  /** Returns the file whose lock says that a container is in use. */
  public Path lockFile(StoredContainer container) throws IOException {
    return storage.folder("container-locks").resolve(container.id());
  }
}
