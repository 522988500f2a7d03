// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.Content;
import dev.lamina.oci.InvalidImageException;
import java.io.IOException;
import java.util.Optional;

/** The files of an image's archive or folder, each under its path: {@code blobs/sha256/ab…}. */
interface ArchiveFiles {
  /** Returns the content of the regular file at {@code path}, links followed; empty if none is. */
  Optional<Content> find(String path) throws IOException;

  /** Names the archive in exceptions. */
  String where();

  /** Returns the content of the regular file at {@code path}. */
  default Content require(String path) throws IOException {
    Optional<Content> content = find(path);
    if (content.isEmpty()) {
      throw new InvalidImageException(where() + ": expected a file " + path + ", found none");
    }
    return content.get();
  }

  /**
   * Returns the bytes of a document.
   *
   * @param maxBytes checked before anything is read
   */
  default byte[] document(String path, int maxBytes) throws IOException {
    Content content = require(path);
    if (content.size() > maxBytes) {
      throw new InvalidImageException(
          where()
              + ": "
              + path
              + ": expected at most "
              + maxBytes
              + " bytes, found "
              + content.size());
    }
    return content.toByteArray();
  }
}
