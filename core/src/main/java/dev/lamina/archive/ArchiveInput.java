// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.compress.Compression;
import dev.lamina.compress.DecompressionLimits;
import dev.lamina.fs.Content;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Where an archive comes from: a file, or a stream that can be read once. */
sealed interface ArchiveInput {
  /** Names the archive in exceptions. */
  String where();

  /** Returns all bytes of the archive, uncompressed, from the first. */
  InputStream openStream() throws IOException;

  /**
   * Opens the archive for reading in any order. What is compressed, or a stream, is copied to a
   * temporary file of the store's folder first.
   */
  ArchiveCopy openCopy(LocalStore store) throws IOException;

  /** A file, compressed or not. */
  record OfFile(Path file) implements ArchiveInput {
    @Override
    public String where() {
      return file.toString();
    }

    @Override
    public InputStream openStream() throws IOException {
      return Compression.decompressDetected(
          Content.ofFile(file).newInputStream(), DecompressionLimits.DEFAULT);
    }

    @Override
    public ArchiveCopy openCopy(LocalStore store) throws IOException {
      Content content = Content.ofFile(file);
      byte[] head =
          content.slice(0, Math.min(content.size(), Compression.DETECTION_LENGTH)).toByteArray();
      return Compression.detect(head) == Compression.NONE
          ? ArchiveCopy.inPlace(content)
          : ArchiveCopy.of(openStream(), store);
    }
  }

  /** A stream, compressed or not, which stays open. */
  record OfStream(InputStream in) implements ArchiveInput {
    @Override
    public String where() {
      return "archive";
    }

    @Override
    public InputStream openStream() throws IOException {
      return Compression.decompressDetected(in, DecompressionLimits.DEFAULT);
    }

    @Override
    public ArchiveCopy openCopy(LocalStore store) throws IOException {
      return ArchiveCopy.of(openStream(), store);
    }
  }
}
