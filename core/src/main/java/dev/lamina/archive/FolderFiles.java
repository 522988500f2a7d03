// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.Content;
import dev.lamina.oci.InvalidImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a layout folder. Links that lead out of it are refused. */
final class FolderFiles implements ArchiveFiles {
  private final Path folder;

  FolderFiles(Path folder) {
    this.folder = folder;
  }

  @Override
  public Optional<Content> find(String path) throws IOException {
    Path root = folder.toRealPath();
    Path file;
    try {
      file = root.resolve(ArchivePaths.normalize(path, where())).toRealPath();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!file.startsWith(root)) {
      throw new InvalidImageException(
          where() + ": " + path + ": expected a file within the folder, found a link out of it");
    }
    return Files.isRegularFile(file) ? Optional.of(Content.ofFile(file)) : Optional.empty();
  }

  @Override
  public String where() {
    return folder.toString();
  }
}
