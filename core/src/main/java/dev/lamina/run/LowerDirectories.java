// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Layers as lower directories of an overlay, each unpacked once and then used by every session.
 *
 * <p>A directory is named by the chain ID, not the diff ID: what a layer means may depend on the
 * layers below it, as when it writes through a link, or leaves out a parent. It appears under its
 * name when it is complete.
 */
final class LowerDirectories {
  private static final String LOCK = ".lock";
  private static final String UNFINISHED = "tmp.";

  private final Path folder;
  private final Unpacker unpacker;

  LowerDirectories(Path folder, Unpacker unpacker) {
    this.folder = folder;
    this.unpacker = unpacker;
  }

  /** Returns the directories of the layers, in the layers' order: the lowest first. */
  List<Path> of(List<Layer> layers) throws IOException {
    List<Path> directories = new ArrayList<>();
    List<Digest> diffIds = new ArrayList<>();
    boolean complete = true;
    for (Layer layer : layers) {
      diffIds.add(layer.diffId());
      Path directory = folder.resolve(Digest.chainId(diffIds).hex());
      directories.add(directory);
      complete = complete && Files.isDirectory(directory);
    }
    if (!complete) {
      unpackMissing(layers, directories);
    }
    return directories;
  }

  /** Returns where the top layer of these has its directory, or will have it. */
  Path directory(List<Layer> layers) {
    return folder.resolve(Digest.chainId(layers.stream().map(Layer::diffId).toList()).hex());
  }

  private void unpackMissing(List<Layer> layers, List<Path> directories) throws IOException {
    FileTree below = FileTree.empty();
    List<Parallel.Task> tasks = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      FileTree before = below;
      FileTree after = before.apply(layers.get(i).changes());
      Path directory = directories.get(i);
      if (!Files.isDirectory(directory)) {
        tasks.add(() -> unpack(after.diff(before), after, directory));
      }
      below = after;
    }
    Parallel.run(tasks);
  }

  private void unpack(Changes changes, FileTree after, Path directory) throws IOException {
    String name = directory.getFileName().toString();
    Path unused =
        PathLock.holding(
            folder.resolve(name + LOCK),
            () -> Files.isDirectory(directory) ? directory : unpackNow(changes, after, directory));
  }

  private Path unpackNow(Changes changes, FileTree after, Path directory) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED + directory.getFileName());
    unpacker.remove(unfinished); // of whoever had the lock before and was killed
    boolean done = false;
    try {
      unpacker.unpack(changes, after, Files.createDirectory(unfinished));
      Path moved = Files.move(unfinished, directory);
      done = true;
      return moved;
    } finally {
      if (!done) {
        unpacker.remove(unfinished);
      }
    }
  }

  /** Removes what killed JVMs left half unpacked. */
  void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path unfinished : stream) {
        String name = unfinished.getFileName().toString().substring(UNFINISHED.length());
        Optional<PathLock> lock = PathLock.tryAcquire(folder.resolve(name + LOCK));
        if (lock.isPresent()) {
          try {
            unpacker.remove(unfinished);
          } finally {
            lock.get().close();
          }
        }
      }
    }
  }

  /**
   * Makes a directory that already has the form of a lower directory one: it is moved, unless the
   * layer has one.
   *
   * @param layers the layers up to the one that the directory holds
   */
  void adopt(Path directory, List<Layer> layers) throws IOException {
    Path target = directory(layers);
    Path unused =
        PathLock.holding(
            folder.resolve(target.getFileName() + LOCK),
            () -> Files.isDirectory(target) ? target : unpacker.move(directory, target));
  }
}
