// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.path.PathFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The files below a folder. */
record FolderFiles(Path folder) implements ContextFiles {

  @Override
  public Optional<Content> file(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(Content.ofFile(file))
        : Optional.empty();
  }

  @Override
  public FileTree tree(PathFilter filter) throws IOException {
    Changes.Builder changes = Changes.builder();
    new FolderScan(folder, filter, changes).scan();
    return FileTree.empty().apply(changes.build());
  }
}
