// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Optional;
import java.util.Set;

/**
 * A context without what an ignore file names.
 *
 * @param files all there is
 * @param rules what to leave out; without it, what the {@code .dockerignore} in the root names
 */
record FilteredContext(ContextFiles files, Optional<Dockerignore> rules) implements BuildContext {
  private static final String IGNORE_FILE = ".dockerignore";

  @Override
  public FileTree tree(Set<String> needed) throws IOException, InterruptedException {
    return scan(needed).tree();
  }

  @Override
  public VersionedTree scan(Set<String> needed) throws IOException, InterruptedException {
    return files.scan(ignore(), needed);
  }

  @Override
  public Dockerignore ignore() throws IOException, InterruptedException {
    if (rules.isPresent()) {
      return rules.get();
    }
    Optional<Content> file = file(IGNORE_FILE);
    return file.isPresent()
        ? Dockerignore.parse(file.get().toByteArray(), IGNORE_FILE)
        : Dockerignore.none();
  }

  @Override
  public Optional<Content> file(String path) throws IOException, InterruptedException {
    FileTree tree = files.scan(Dockerignore.none(), Set.of(path)).tree();
    try {
      Node node = tree.resolve(TreePath.of(path), true).node();
      return node instanceof Node.File file ? Optional.of(file.content()) : Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException e) {
      return Optional.empty();
    }
  }

  @Override
  public BuildContext withIgnore(Dockerignore others) {
    return new FilteredContext(files, Optional.of(others));
  }
}
