// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageIndex;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A layout's tar. Its bytes depend on the images only; the index comes last. */
final class LayoutTar implements LayoutTarget {
  private final TarWriter tar;
  private final Set<String> paths = new HashSet<>();

  /** Writes to a stream, which stays open. */
  LayoutTar(OutputStream out) throws IOException {
    this.tar = TarWriter.over(out);
    put(OciLayoutReader.LAYOUT_FILE, Content.of(OciLayoutWriter.layoutFile()));
  }

  @Override
  public void putBlob(Digest digest, Content content) throws IOException {
    putFolder("blobs");
    putFolder("blobs/" + digest.algorithm());
    put(OciLayoutReader.path(digest), content);
  }

  @Override
  public void putIndex(List<Descriptor> images) throws IOException {
    put(OciLayoutReader.INDEX_FILE, Content.of(ImageIndex.of(images, Map.of()).raw()));
  }

  /** Writes a file, unless one is there under this path. */
  void put(String path, Content content) throws IOException {
    if (paths.add(path)) {
      tar.write(TarEntry.file(path, Metadata.of(0644, Instant.EPOCH), content.size()), content);
    }
  }

  private void putFolder(String path) throws IOException {
    if (paths.add(path)) {
      tar.write(TarEntry.directory(path, Metadata.of(0755, Instant.EPOCH)));
    }
  }

  /** Ends the archive. */
  void finish() throws IOException {
    tar.finish();
  }
}
