// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.Content;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an uncompressed tar, read in place. Of the tar only the headers are read. A path
 * that stands in it twice is refused: which of the two is meant depends on the reader.
 */
final class TarFiles implements ArchiveFiles {
  private static final int MAX_ENTRIES = 1_000_000;
  private static final int MAX_LINKS = 40;

  private final String where;
  private final Map<String, Content> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private TarFiles(String where) {
    this.where = where;
  }

  /** Reads the headers of {@code tar}; {@code where} names it in exceptions. */
  static TarFiles scan(Content tar, String where) throws IOException {
    TarFiles files = new TarFiles(where);
    TarReader reader = TarReader.over(tar, TarOptions.DEFAULT);
    int count = 0;
    for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      if (++count > MAX_ENTRIES) {
        throw new InvalidImageException(
            where + ": expected at most " + MAX_ENTRIES + " entries, found more");
      }
      files.add(entry.get(), tar, reader);
    }
    return files;
  }

  private void add(TarEntry entry, Content tar, TarReader reader) throws InvalidImageException {
    String path = ArchivePaths.normalize(entry.name(), where);
    switch (entry.type()) {
      case REGULAR -> {
        if (reader.sparse().isPresent()) {
          throw new InvalidImageException(
              where + ": " + path + ": expected a whole file, found a sparse one");
        }
        requireNew(path);
        if (entry.size() > tar.size() - reader.dataOffset()) {
          throw new InvalidImageException(
              where + ": " + path + ": expected " + entry.size() + " bytes, found the file's end");
        }
        files.put(path, tar.slice(reader.dataOffset(), entry.size()));
      }
      case SYMLINK -> {
        requireNew(path);
        links.put(path, ArchivePaths.resolve(path, entry.linkName(), where));
      }
      case HARD_LINK -> {
        requireNew(path);
        links.put(path, ArchivePaths.normalize(entry.linkName(), where));
      }
      default -> {
        // Directories say nothing, and devices have no business here.
      }
    }
  }

  private void requireNew(String path) throws InvalidImageException {
    if (files.containsKey(path) || links.containsKey(path)) {
      throw new InvalidImageException(
          where + ": expected each path once, found " + path + " twice");
    }
  }

  @Override
  public Optional<Content> find(String path) throws IOException {
    String at = ArchivePaths.normalize(path, where);
    for (int hops = 0; links.containsKey(at); hops++) {
      if (hops == MAX_LINKS) {
        throw new InvalidImageException(
            where + ": " + path + ": expected at most " + MAX_LINKS + " links, found more");
      }
      at = links.getOrDefault(at, at);
    }
    return Optional.ofNullable(files.get(at));
  }

  @Override
  public String where() {
    return where;
  }
}
