// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Digest;
import dev.lamina.task.Parallel;
import dev.lamina.task.PathLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Layers as lower directories of one kind of root, each unpacked once and then used by every
 * session.
 *
 * <p>A directory is named by the chain ID, not the diff ID: what a layer means may depend on the
 * layers below it, as when it writes through a link, or leaves out a parent. It appears under its
 * name when it is complete.
 */
final class LowerDirectories {
  private static final String LOCK = ".lock";
  private static final String UNFINISHED = "tmp.";
  private static final String MERGED = ".merged";

  /** The kernel takes 500; the session's own directories need a few. */
  static final int MOST = 400;

  /** How many layers more are merged at once, so that a long build does not merge at every step. */
  private static final int STRIDE = 100;

  private final Path folder;
  private final RootKind kind;
  private final Unpacker unpacker;

  /** Returns those in a folder, in the form that one kind of root needs. */
  LowerDirectories(Path folder, RootKind kind, Unpacker unpacker) {
    this.folder = folder;
    this.kind = kind;
    this.unpacker = unpacker;
  }

  /**
   * Returns the directories of the layers, in the layers' order: the lowest first. If there are
   * more than an overlay can have, the lowest are one directory together.
   */
  List<Path> of(List<Layer> layers) throws IOException {
    if (layers.size() <= MOST) {
      return each(layers);
    }
    int merged = ((layers.size() - MOST - 1) / STRIDE + 1) * STRIDE;
    List<Path> directories = new ArrayList<>(List.of(merged(layers.subList(0, merged))));
    List<Path> others = paths(layers).subList(merged, layers.size());
    if (!others.stream().allMatch(Files::isDirectory)) {
      unpackMissing(layers, paths(layers), merged);
    }
    directories.addAll(others);
    return directories;
  }

  private Path merged(List<Layer> layers) throws IOException {
    Path directory = folder.resolve(directory(layers).getFileName() + MERGED);
    if (!Files.isDirectory(directory)) {
      FileTree tree = tree(layers);
      unpack(FileTree.empty(), tree, directory);
    }
    return directory;
  }

  /** Returns what layers hold together. */
  static FileTree tree(List<Layer> layers) throws IOException {
    FileTree tree = FileTree.empty();
    for (Layer layer : layers) {
      tree = layer.applyTo(tree);
    }
    return tree;
  }

  private List<Path> paths(List<Layer> layers) {
    return Digest.chainIds(layers.stream().map(Layer::diffId).toList()).stream()
        .map(chainId -> folder.resolve(chainId.hex()))
        .toList();
  }

  private List<Path> each(List<Layer> layers) throws IOException {
    List<Path> directories = paths(layers);
    if (!directories.stream().allMatch(Files::isDirectory)) {
      unpackMissing(layers, directories, 0);
    }
    return directories;
  }

  /** Returns where the top layer of these has its directory, or will have it. */
  Path directory(List<Layer> layers) {
    return folder.resolve(Digest.chainId(layers.stream().map(Layer::diffId).toList()).hex());
  }

  private void unpackMissing(List<Layer> layers, List<Path> directories, int from)
      throws IOException {
    FileTree below = FileTree.empty();
    List<Parallel.Task> tasks = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      FileTree before = below;
      FileTree after = layers.get(i).applyTo(before);
      Path directory = directories.get(i);
      if (i >= from && !Files.isDirectory(directory)) {
        tasks.add(() -> unpack(before, after, directory));
      }
      below = after;
    }
    Parallel.run(tasks, Runtime.getRuntime().availableProcessors());
  }

  private void unpack(FileTree before, FileTree after, Path directory) throws IOException {
    String name = directory.getFileName().toString();
    Path unused =
        PathLock.holding(
            folder.resolve(name + LOCK),
            () -> Files.isDirectory(directory) ? directory : unpackNow(before, after, directory));
  }

  private Path unpackNow(FileTree before, FileTree after, Path directory) throws IOException {
    Path unfinished = folder.resolve(UNFINISHED + directory.getFileName());
    unpacker.remove(unfinished); // of whoever had the lock before and was killed
    boolean done = false;
    try {
      unpacker.unpack(
          after.diff(before), after, kind.form(() -> before), Files.createDirectory(unfinished));
      Path moved = Files.move(unfinished, directory);
      done = true;
      return moved;
    } finally {
      if (!done) {
        unpacker.remove(unfinished);
      }
    }
  }

  /** Tells whether a layer was unpacked here since the machine was started. */
  boolean isUsed() throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
      return stream.iterator().hasNext();
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
