// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.sidebyside;

import dev.lamina.fs.FileTree;
import dev.lamina.layer.LayerWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Files of up to 64 MB for encoders to work on, each made once. */
final class Corpora {
  private static final long SIZE = 64L << 20;
  private static final long LARGEST = 8L << 20;
  private static final long LEAST = 8L << 20;
  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path folder;
  private final Workloads workloads;

  Corpora(Path folder, Workloads workloads) {
    this.folder = folder;
    this.workloads = workloads;
  }

  /** Returns the beginning of the tar of the tree that is like /usr. */
  Path tar() throws IOException {
    Path file = folder.resolve("corpus-tar");
    if (!Files.exists(file)) {
      Path made = folder.resolve("corpus-tar.new");
      FileTree tree = FileTree.ofFolder(workloads.smallTree());
      try (OutputStream out = Files.newOutputStream(made)) {
        var unused = LayerWriter.write(tree.diff(FileTree.empty()), out);
      }
      try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
        var unused = channel.truncate(SIZE);
      }
      Path unused = Files.move(made, file);
    }
    return file;
  }

  /**
   * Returns shared libraries of this machine, one after the other, in an order that is by chance
   * but always the same.
   *
   * @throws MissingPeerException if there are next to none
   */
  Path libraries() throws IOException {
    Path file = folder.resolve("corpus-libraries");
    if (!Files.exists(file)) {
      Path made = folder.resolve("corpus-libraries.new");
      long size = 0;
      try (OutputStream out = Files.newOutputStream(made)) {
        for (Path library : found()) {
          long next = Files.size(library);
          if (next <= LARGEST && size + next <= SIZE) {
            size += Files.copy(library, out);
          }
        }
      }
      if (size < LEAST) {
        throw new MissingPeerException(LIBRARIES + ": expected 8 MB of *.so, found " + size);
      }
      Path unused = Files.move(made, file);
    }
    return file;
  }

  private static List<Path> found() throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(LIBRARIES)) {
      List<Path> libraries =
          new ArrayList<>(
              files
                  .filter(file -> file.getFileName().toString().matches(".*\\.so(\\.[0-9.]+)?"))
                  .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                  .sorted()
                  .toList());
      Collections.shuffle(libraries, new Random(1));
      return libraries;
    }
  }
}
