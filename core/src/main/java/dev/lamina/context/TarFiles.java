// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.compress.Compression;
import dev.lamina.compress.DecompressionLimits;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.layer.LayerReader;
import dev.lamina.tar.TarOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * The files in a tar, compressed or not, read as a layer is: owners, modes, times and attributes
 * are those of its entries, and no entry leads out. What is not compressed is read in place.
 */
final class TarFiles implements ContextFiles {
  private final String name;
  private final Opener opener;
  private @Nullable FileTree tree; // guarded by this

  /** Opens the archive: its bytes, uncompressed. */
  private interface Opener {
    Content open() throws IOException;
  }

  private TarFiles(String name, Opener opener) {
    this.name = name;
    this.opener = opener;
  }

  static TarFiles of(Path archive) {
    return new TarFiles(archive.toString(), () -> uncompressed(Content.ofFile(archive)));
  }

  /** Reads a stream to its end; it stays open. */
  static TarFiles of(InputStream archive) throws IOException {
    Content content =
        Spool.of(Compression.decompressDetected(archive, DecompressionLimits.DEFAULT));
    return new TarFiles("build context", () -> content);
  }

  private static Content uncompressed(Content archive) throws IOException {
    int head = (int) Math.min(archive.size(), Compression.DETECTION_LENGTH);
    if (Compression.detect(archive.slice(0, head).toByteArray()) == Compression.NONE) {
      return archive;
    }
    try (InputStream in = archive.newInputStream()) {
      return Spool.of(Compression.decompressDetected(in, DecompressionLimits.DEFAULT));
    }
  }

  @Override
  public VersionedTree scan(Dockerignore ignore, Set<String> needed) throws IOException {
    return new TreeFiles(all()).scan(ignore, needed);
  }

  private synchronized FileTree all() throws IOException {
    FileTree all = tree;
    if (all == null) {
      Content tar = opener.open();
      TarOptions options = TarOptions.DEFAULT.withEndMarkRequired(false);
      all = FileTree.empty().apply(LayerReader.scan(name, tar, options).changes(tar));
      tree = all;
    }
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}
