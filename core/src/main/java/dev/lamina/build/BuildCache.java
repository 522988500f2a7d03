// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.Digest;
import dev.lamina.store.WholeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The records of steps carried out before, in a folder: for each key its layer, and apart from that
 * its inputs, which are read only to explain a miss; for each step the key it had last; and short
 * cuts to keys. Several processes may use one folder; each file appears whole or not at all.
 */
final class BuildCache {
  private final Path records;
  private final Path inputs;
  private final Path slots;
  private final Path shortcuts;

  private BuildCache(Path records, Path inputs, Path slots, Path shortcuts) {
    this.records = records;
    this.inputs = inputs;
    this.slots = slots;
    this.shortcuts = shortcuts;
  }

  /** Opens the records in a folder; what is missing of it is made when something is written. */
  static BuildCache open(Path folder) {
    return new BuildCache(
        folder.resolve("records"),
        folder.resolve("inputs"),
        folder.resolve("slots"),
        folder.resolve("shortcuts"));
  }

  /** Returns the record of a key; looking it up keeps it from being pruned for its age. */
  Optional<CacheRecord> find(String key, Instant now) throws IOException {
    Path file = records.resolve(key);
    Optional<CacheRecord> record = read(file).flatMap(CacheRecord::read);
    if (record.isPresent()) {
      try {
        Files.setLastModifiedTime(file, FileTime.from(now));
      } catch (NoSuchFileException e) {
        return record; // pruned meanwhile, with its layer or without
      }
    }
    return record;
  }

  /** Returns the key that a short cut leads to. */
  Optional<String> find(Shortcut shortcut) throws IOException {
    Optional<String> text = read(shortcuts.resolve(shortcut.name())).flatMap(Summed::read);
    return text.isPresent() && files(text.get()).equals(shortcut.files())
        ? Optional.of(key(text.get()))
        : Optional.empty();
  }

  /** Makes a short cut to a key. One of the same name with other files is there no more. */
  void put(Shortcut shortcut, String key) throws IOException {
    String files = shortcut.files().map(version -> version + "\n").orElse("");
    write(shortcuts.resolve(shortcut.name()), Summed.write(key + "\n" + files));
  }

  private static String key(String shortcut) {
    return shortcut.substring(0, Math.max(0, shortcut.indexOf('\n')));
  }

  private static Optional<String> files(String shortcut) {
    String files = shortcut.substring(shortcut.indexOf('\n') + 1).strip();
    return files.isEmpty() ? Optional.empty() : Optional.of(files);
  }

  /** Returns whether no step of these names is known. */
  boolean isNew(List<String> names) throws IOException {
    for (String name : names) {
      if (read(slots.resolve(Digest.sha256(name).hex())).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** Returns the inputs that the step of a key had last, or one that is like it. */
  Optional<List<CacheInput>> nearest(CacheKey key) throws IOException {
    for (String slot : key.slots()) {
      Optional<String> last = read(slots.resolve(Digest.sha256(slot).hex()));
      if (last.isPresent()) {
        Optional<List<CacheInput>> found =
            read(inputs.resolve(last.get())).flatMap(InputList::read);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Keeps a record. */
  void put(CacheKey key, CacheRecord record) throws IOException {
    write(inputs.resolve(key.digest()), InputList.write(key.inputs()));
    put(key.digest(), record);
    remember(key.slots(), key.digest());
  }

  /** Keeps a record whose inputs are not known. */
  void put(String key, CacheRecord record) throws IOException {
    write(records.resolve(key), record.write());
  }

  /** Notes that a key is the one its step had last. */
  void remember(List<String> names, String key) throws IOException {
    for (String name : names) {
      Path file = slots.resolve(Digest.sha256(name).hex());
      if (!read(file).equals(Optional.of(key))) {
        write(file, key);
      }
    }
  }

  /**
   * A record that is there.
   *
   * @param key its key
   * @param record what it says
   * @param used when it was made or last looked up
   */
  record Entry(String key, CacheRecord record, Instant used) {}

  /** Returns all records, that which was used last first. */
  List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files(records)) {
      Optional<CacheRecord> record = read(file).flatMap(CacheRecord::read);
      if (record.isPresent()) {
        try {
          Instant used = Files.getLastModifiedTime(file).toInstant();
          entries.add(new Entry(file.getFileName().toString(), record.get(), used));
        } catch (NoSuchFileException e) {
          // another process has just pruned it
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::key).reversed());
    return entries;
  }

  /** Forgets all records but some, and what only leads to those. */
  void keepOnly(Set<String> keys) throws IOException {
    for (Path folder : List.of(records, inputs)) {
      for (Path file : files(folder)) {
        if (!keys.contains(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    }
    for (Path file : files(slots)) {
      if (!keys.contains(read(file).orElse(""))) {
        Files.deleteIfExists(file);
      }
    }
    for (Path file : files(shortcuts)) {
      if (!keys.contains(read(file).flatMap(Summed::read).map(BuildCache::key).orElse(""))) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of(); // nothing has been written
    }
  }

  private static Optional<String> read(Path file) throws IOException {
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void write(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      WholeFiles.write(file, bytes);
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.getParent());
      WholeFiles.write(file, bytes);
    }
  }
}
