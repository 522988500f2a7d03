// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.InvalidImageException;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A layout folder; files appear whole, the index last. */
final class LayoutFolder implements LayoutTarget {
  private final Path folder;
  private final ImageIndex before;

  private LayoutFolder(Path folder, ImageIndex before) {
    this.folder = folder;
    this.before = before;
  }

  /** Opens a layout's folder, or an empty or missing one, which becomes a layout. */
  static LayoutFolder open(Path folder) throws IOException {
    Files.createDirectories(folder);
    ImageIndex before = ImageIndex.of(List.of(), Map.of());
    if (Files.exists(folder.resolve(OciLayoutReader.INDEX_FILE))) {
      before = OciLayoutReader.readIndex(new FolderFiles(folder));
    } else if (!isEmpty(folder)) {
      throw new InvalidImageException(
          folder + ": expected an OCI layout or an empty folder, found other files");
    }
    LayoutFolder target = new LayoutFolder(folder, before);
    target.put(OciLayoutReader.LAYOUT_FILE, Content.of(OciLayoutWriter.layoutFile()));
    return target;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  @Override
  public void putBlob(Digest digest, Content content) throws IOException {
    Path file = folder.resolve(OciLayoutReader.path(digest));
    if (!Files.exists(file) || Files.size(file) != content.size()) {
      Files.createDirectories(file.getParent());
      put(OciLayoutReader.path(digest), content);
    }
  }

  @Override
  public void putIndex(List<Descriptor> images) throws IOException {
    List<Descriptor> all = new ArrayList<>();
    for (Descriptor old : before.manifests()) {
      if (images.stream().noneMatch(image -> replaces(image, old))) {
        all.add(old);
      }
    }
    all.addAll(images);
    put(OciLayoutReader.INDEX_FILE, Content.of(before.withManifests(all).raw()));
  }

  /** A name stands for one image, and an image without a name stands there once. */
  private static boolean replaces(Descriptor image, Descriptor old) {
    String name = image.annotations().getOrDefault(OciLayoutReader.FULL_NAME, "");
    String ref = image.annotations().getOrDefault(OciLayoutReader.REF_NAME, "");
    String oldName = old.annotations().getOrDefault(OciLayoutReader.FULL_NAME, "");
    String oldRef = old.annotations().getOrDefault(OciLayoutReader.REF_NAME, "");
    boolean sameName = oldName.isEmpty() ? oldRef.equals(ref) : oldName.equals(name);
    return (ref.isEmpty() || oldRef.isEmpty())
        ? ref.equals(oldRef) && image.digest().equals(old.digest())
        : sameName;
  }

  private void put(String path, Content content) throws IOException {
    Path temporary = Files.createTempFile(folder, ".lamina-", ".tmp");
    try {
      try (WritableByteChannel out = Files.newByteChannel(temporary, StandardOpenOption.WRITE)) {
        content.writeTo(out); // from file to file without a detour through this JVM
      }
      Permissions.readableByAll(temporary);
      Files.move(
          temporary,
          folder.resolve(path),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
