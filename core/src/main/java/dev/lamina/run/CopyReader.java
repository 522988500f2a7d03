// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a copy of a whole root: everything in it is compared with the tree it was made of. Files
 * that their stamps show to be untouched are not read.
 */
record CopyReader(UpperReader whole, CopyStamps stamps) implements UpperReader {
  @Override
  public Changes read(Path copy, FileTree base) throws IOException {
    List<Change> known = new ArrayList<>();
    for (Change change : whole.read(copy, FileTree.empty())) {
      known.add(known(change, copy, base));
    }
    return FileTree.empty().apply(Changes.of(known)).diff(base);
  }

  /** Puts the tree's own node in the place of one that is the same. */
  private Change known(Change change, Path copy, FileTree base) throws IOException {
    if (change instanceof Change.Put put && put.node() instanceof Node.File) {
      Optional<Node> old = base.node(put.path());
      if (old.isPresent() && isUnchanged(copy, put.path().toString().substring(1))) {
        return new Change.Put(put.path(), old.get());
      }
    }
    return change;
  }

  private boolean isUnchanged(Path copy, String name) throws IOException {
    try {
      Path file = copy.resolve(name);
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && stamps.isUnchanged(file);
    } catch (InvalidPathException e) {
      return false; // a name that this JVM's charset lacks: compared byte by byte
    }
  }
}
