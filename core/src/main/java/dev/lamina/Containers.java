// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.error.LaminaException;
import dev.lamina.oci.Digest;
import dev.lamina.spi.RunEngine;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredContainer;
import dev.lamina.task.PathLock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The containers of a store that outlive the JVM, each under a name.
 *
 * <pre>{@code
 * try (Container web = store.containers().create(image, "web")) {
 *   web.exec("apt-get", "update");
 * }
 * try (Container web = store.containers().open("web")) { // in another JVM, tomorrow
 *   web.diff().forEach(System.out::println);
 * }
 * store.containers().remove("web");
 * }</pre>
 *
 * <p>A container is open in one place at a time. What processes change and what is copied in is
 * kept from their end on, what Java writes when {@link Container#save} is called or the container
 * closed; a JVM that is killed loses no more. The image and all that a container holds stay in the
 * store as long as it does, whatever is pruned. Thread-safe.
 */
public final class Containers {
  private final LocalStore store;
  private final Optional<RunEngine> engine;

  Containers(LocalStore store, Optional<RunEngine> engine) {
    this.store = store;
    this.engine = engine;
  }

  /**
   * A container that is kept.
   *
   * @param id twelve hexadecimal digits
   * @param name by which it is found
   * @param image the ID of the image it was made of
   * @param created when it was made
   * @param size what it changed, in bytes of layers
   */
  public record Summary(String id, String name, Digest image, Instant created, long size) {}

  /** Returns the same containers, whose processes run by the given engine. */
  public Containers withEngine(RunEngine newEngine) {
    return new Containers(store, Optional.of(newEngine));
  }

  /**
   * Makes a container of an image, and opens it.
   *
   * @param image of this store
   * @param name letters, digits, {@code _}, {@code .} and {@code -}
   * @throws LaminaException if another container has the name
   */
  public Container create(Image image, String name) throws IOException {
    StoredContainer stored =
        new StoredContainer(
            Container.newId(),
            name,
            Clock.systemUTC().instant(),
            image.stored().manifestDescriptor(),
            List.of());
    PathLock lock = lock(stored);
    return holding(
        lock,
        () -> {
          store.containers().add(stored);
          return Container.kept(image, engine, new KeptContainer(store, stored, lock));
        });
  }

  /**
   * Opens a container.
   *
   * @param nameOrId its name, or the first digits of its ID
   * @throws LaminaException if there is none, or it is open elsewhere
   */
  public Container open(String nameOrId) throws IOException {
    PathLock lock = lock(require(nameOrId));
    return holding(
        lock,
        () -> {
          StoredContainer stored = require(nameOrId); // as whoever had it open before left it
          Image image = new Image(store, store.image(stored.image()), Optional.empty());
          return Container.kept(image, engine, new KeptContainer(store, stored, lock));
        });
  }

  private interface Opening {
    Container open() throws IOException;
  }

  /** A container that is opened has the lock until it is closed. */
  private static Container holding(PathLock lock, Opening opening) throws IOException {
    boolean open = false;
    try {
      Container container = opening.open();
      open = true;
      return container;
    } finally {
      if (!open) {
        lock.close();
      }
    }
  }

  private StoredContainer require(String nameOrId) throws IOException {
    Optional<StoredContainer> found = store.containers().find(nameOrId);
    if (found.isEmpty()) {
      throw new LaminaException("container " + nameOrId + ": expected in the store, found nothing");
    }
    return found.get();
  }

  private PathLock lock(StoredContainer container) throws IOException {
    Optional<PathLock> lock = PathLock.tryAcquire(store.containers().lockFile(container));
    if (lock.isEmpty()) {
      throw new LaminaException(
          "container " + container.name() + ": expected one that is not in use, found it open");
    }
    return lock.get();
  }

  /** Returns all containers, in the order of their names. */
  public List<Summary> list() throws IOException {
    List<Summary> all = new ArrayList<>();
    for (StoredContainer each : store.containers().list()) {
      long size = 0;
      for (Digest layer : each.layers()) {
        size += store.layers().require(layer).size();
      }
      Digest image = store.image(each.image()).id();
      all.add(new Summary(each.id(), each.name(), image, each.created(), size));
    }
    return List.copyOf(all);
  }

  /**
   * Removes a container with all it changed, which takes space until the next pruning.
   *
   * @param nameOrId its name, or the first digits of its ID
   * @throws LaminaException if there is none, or it is open
   */
  public void remove(String nameOrId) throws IOException {
    StoredContainer container = require(nameOrId);
    PathLock lock = lock(container);
    try {
      store.containers().remove(container);
      Files.deleteIfExists(store.containers().lockFile(container));
    } finally {
      lock.close();
    }
  }
}
