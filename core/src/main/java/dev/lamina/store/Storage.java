// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.fs.Content;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the bytes of a store are: on disk or in memory. Thread-safe. */
interface Storage extends Closeable {
  /** Something in an area. */
  record Item(String name, long size, Instant modified) {}

  /** What is done while nobody else may change the store. */
  interface Task<T> {
    T run() throws IOException;
  }

  /** What is done, for no result, while nobody else may change the store. */
  interface Action {
    void run() throws IOException;
  }

  /** Returns what is in an area under a name. */
  Optional<Content> find(Area area, String name) throws IOException;

  /**
   * Returns the same as {@link #find}, for many small reads in places that aren't known beforehand.
   */
  default Optional<Content> findMapped(Area area, String name) throws IOException {
    return find(area, name);
  }

  /** Returns all that is in an area, by name. */
  List<Item> list(Area area) throws IOException;

  /** Returns the names of all that is in an area, in their order. */
  List<String> names(Area area) throws IOException;

  /** Opens something new, which is nowhere yet. */
  Staged stage() throws IOException;

  /** Marks something as used now; false if it isn't there. */
  boolean touch(Area area, String name) throws IOException;

  /** Deletes something if it is there. */
  void delete(Area area, String name) throws IOException;

  /**
   * Runs a task while no other thread, store or process runs one on the same store. Tasks may nest.
   */
  @CanIgnoreReturnValue
  <T> T exclusively(Task<T> task) throws IOException;

  /** Runs an action as {@link #exclusively} runs a task. */
  default void exclusivelyDo(Action action) throws IOException {
    exclusively(
        () -> {
          action.run();
          return this;
        });
  }

  /** Returns a host folder for another part of Lamina to use, which exists. */
  Path folder(String name) throws IOException;

  /** Returns a folder for small files of another part of Lamina, which exists. */
  Path notes(String name) throws IOException;

  /** Protects what is put or touched from now on. */
  Lease lease() throws IOException;

  /** Returns when the oldest lease began, or now if there is none. */
  Instant protectedSince() throws IOException;
}
