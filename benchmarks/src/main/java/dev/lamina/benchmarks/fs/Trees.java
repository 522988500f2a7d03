// SPDX-License-Identifier: Apache-2.0
package dev.lamina.benchmarks.fs;

import dev.lamina.benchmarks.sample.SampleFolders;
import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Trees of a given number of files, a hundred in a directory, the same for every file system. */
final class Trees {
  private static final Metadata PLAIN = Metadata.of(0644, Instant.EPOCH);
  private static final byte[] BYTES = {1, 2, 3, 4};

  private Trees() {}

  static FileTree tree(int files) throws IOException {
    Changes.Builder changes = Changes.builder();
    Content content = Content.of(BYTES);
    for (int i = 0; i < files; i++) {
      changes.put(TreePath.of(SampleFolders.file(i)), Node.file(PLAIN, content));
    }
    return FileTree.empty().apply(changes.build());
  }

  /** The tree with a file changed every so often. */
  static FileTree changed(FileTree tree, int files, int changes) throws IOException {
    Changes.Builder all = Changes.builder();
    for (int i = 0; i < changes; i++) {
      Content content = Content.of(new byte[] {(byte) i, 9});
      int file = (int) ((long) i * files / changes);
      all.put(TreePath.of(SampleFolders.file(file)), Node.file(PLAIN, content));
    }
    return tree.apply(all.build());
  }

  /** The tree of as many layers, each of which changed one file. */
  static FileTree layered(int files, int layers) throws IOException {
    FileTree tree = tree(files);
    for (int layer = 1; layer < layers; layer++) {
      Content content = Content.of(new byte[] {(byte) layer});
      TreePath path = TreePath.of(SampleFolders.file(changedIn(layer, files)));
      tree = tree.apply(Changes.of(new Change.Put(path, Node.file(PLAIN, content))));
    }
    return tree;
  }

  /** The file that a layer changes: they are all over the tree. */
  private static int changedIn(int layer, int files) {
    return (int) (layer * 7919L % files);
  }

  /** Writes what a layer of {@link #layered} has into a folder; the last one has all files. */
  static void writeLayer(Path folder, int files, int layers, int number) throws IOException {
    if (number == layers - 1) {
      Path unused = write(folder, files);
    } else {
      Path file = folder.resolve(SampleFolders.file(changedIn(layers - 1 - number, files)));
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {(byte) (layers - 1 - number)});
    }
  }

  /** Writes the same files into a folder of any file system. */
  static Path write(Path root, int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Path file = root.resolve(SampleFolders.file(i));
      if (i % 100 == 0) {
        Files.createDirectories(file.getParent());
      }
      Files.write(file, BYTES);
    }
    return root;
  }
}
