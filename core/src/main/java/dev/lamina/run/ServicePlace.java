// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.task.PathLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a session has, here and with the service. The folder of all sessions has a file for each,
 * which is locked while it is open; containers and images bear its name as a label, so that another
 * session knows those whose JVM is dead.
 *
 * @param id the session's name
 * @param folder of all sessions
 */
record ServicePlace(ServiceProgram program, Path folder, String id, PathLock lock)
    implements Closeable {
  /** The label of what is one session's. */
  static final String LABEL = "dev.lamina.session";

  private static final String LOCK = ".lock";

  /** Removes what is left of dead sessions, and makes a place for a new one. */
  static ServicePlace take(ServiceProgram program, Path folder) throws IOException {
    Files.createDirectories(folder);
    removeDead(program, folder);
    String id = UUID.randomUUID().toString();
    PathLock lock = PathLock.tryAcquire(folder.resolve(id + LOCK)).orElseThrow();
    ServicePlace place = new ServicePlace(program, folder, id, lock);
    boolean made = false;
    try {
      Path unused = Files.createDirectory(place.own());
      made = true;
      return place;
    } finally {
      if (!made) {
        lock.close();
      }
    }
  }

  /** Returns the session's own folder. */
  Path own() {
    return folder.resolve(id);
  }

  /** Returns the folder of cache mounts and of locks for roots, which all sessions share. */
  Path caches() {
    return folder.resolve("cache");
  }

  /** Returns the label that all the session's containers and images bear. */
  String label() {
    return LABEL + "=" + id;
  }

  private static void removeDead(ServiceProgram program, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + LOCK)) {
      all.forEach(files::add);
    }
    for (Path file : files) {
      Optional<PathLock> free = PathLock.tryAcquire(file);
      if (free.isPresent()) {
        String name = file.getFileName().toString();
        try {
          remove(program, folder, name.substring(0, name.length() - LOCK.length()));
        } finally {
          free.get().close();
        }
      }
    }
  }

  /** Removes all that is left of a session, here and with the service. */
  private static void remove(ServiceProgram program, Path folder, String id) throws IOException {
    String filter = "label=" + LABEL + "=" + id;
    List<String> containers =
        program.require("ps", "--all", "--quiet", "--filter", filter).lines().toList();
    for (String each : containers) {
      program.attempt(List.of("rm", "--force", "--volumes", each));
    }
    List<String> images = program.require("images", "--quiet", "--filter", filter).lines().toList();
    for (String each : new HashSet<>(images)) {
      program.attempt(List.of("rmi", "--force", each));
    }
    if (Files.isDirectory(folder.resolve(id))) {
      try (Stream<Path> files = Files.walk(folder.resolve(id))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(folder.resolve(id + LOCK));
  }

  /** Removes all of it. */
  @Override
  public void close() throws IOException {
    try {
      remove(program, folder, id);
    } finally {
      lock.close();
    }
  }
}
