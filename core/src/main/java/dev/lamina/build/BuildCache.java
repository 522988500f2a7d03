// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * The records of steps carried out before, in a folder: one file a key, and for each step the key
 * it had last. Several processes may use one folder; a record appears whole or not at all.
 */
final class BuildCache {
  private final Path records;
  private final Path slots;

  private BuildCache(Path records, Path slots) {
    this.records = records;
    this.slots = slots;
  }

  static BuildCache open(Path folder) throws IOException {
    return new BuildCache(
        Files.createDirectories(folder.resolve("records")),
        Files.createDirectories(folder.resolve("slots")));
  }

  /** Returns the record of a key; looking it up keeps it from being pruned for its age. */
  Optional<CacheRecord> find(CacheKey key, Instant now) throws IOException {
    Path file = records.resolve(key.digest());
    Optional<CacheRecord> record = read(file).flatMap(CacheRecord::read);
    if (record.isPresent()) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
    return record.filter(found -> found.inputs().equals(key.inputs()));
  }

  /** Returns the record that the step of a key had last. */
  Optional<CacheRecord> nearest(CacheKey key) throws IOException {
    Optional<String> last = read(slots.resolve(Hashes.hex(key.slot())));
    return last.isPresent()
        ? read(records.resolve(last.get())).flatMap(CacheRecord::read)
        : Optional.empty();
  }

  /** Keeps a record. */
  void put(CacheKey key, CacheRecord record) throws IOException {
    write(records.resolve(key.digest()), record.write());
    remember(key);
  }

  /** Notes that a key is the one its step had last. */
  void remember(CacheKey key) throws IOException {
    write(slots.resolve(Hashes.hex(key.slot())), key.digest());
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, ".", ".tmp");
    try {
      Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
