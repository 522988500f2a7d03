// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a layout's files into a store. */
final class OciLayoutReader implements BlobSource {
  static final String LAYOUT_FILE = "oci-layout";
  static final String INDEX_FILE = "index.json";
  static final String REF_NAME = "org.opencontainers.image.ref.name";
  static final String FULL_NAME = "io.containerd.image.name";

  private static final int MAX_LAYOUT_FILE = 64 << 10;
  private static final int MAX_INDEX = 16 << 20;

  private final ArchiveFiles files;
  private final LocalStore store;

  OciLayoutReader(ArchiveFiles files, LocalStore store) {
    this.files = files;
    this.store = store;
  }

  List<NamedImage> read() throws IOException {
    requireVersion1();
    ImageIndex index = readIndex(files);
    Map<Digest, Descriptor> images = new LinkedHashMap<>();
    Map<Digest, Set<ImageReference>> names = new LinkedHashMap<>();
    for (Descriptor image : index.manifests()) {
      images.putIfAbsent(image.digest(), image);
      name(image)
          .ifPresent(n -> names.computeIfAbsent(image.digest(), d -> new LinkedHashSet<>()).add(n));
    }
    List<NamedImage> result = new ArrayList<>();
    for (Descriptor image : images.values()) {
      Set<ImageReference> of = names.getOrDefault(image.digest(), Set.of());
      result.add(new NamedImage(image.withAnnotations(Map.of()), List.copyOf(of)));
    }
    Loading.load(store, this, result);
    return result;
  }

  /** Takes one image in, under no name. */
  Descriptor readOne(String tagOrDigest) throws IOException {
    requireVersion1();
    List<Descriptor> found = new ArrayList<>();
    List<Descriptor> all = readIndex(files).manifests();
    String wanted = tagOrDigest.isEmpty() ? "latest" : tagOrDigest;
    for (Descriptor image : all) {
      if (image.digest().toString().equals(wanted) || tags(image).contains(wanted)) {
        found.add(image);
      }
    }
    if (found.isEmpty() && tagOrDigest.isEmpty() && all.size() == 1) {
      found.addAll(all);
    }
    if (found.isEmpty()) {
      throw new InvalidImageException(
          files.where()
              + ": expected an image "
              + wanted
              + ", found "
              + all.stream().map(image -> image.digest() + " " + tags(image)).toList());
    }
    Descriptor image = found.get(0).withAnnotations(Map.of());
    ImageIngest.all(store, this, image, Optional.empty());
    return image;
  }

  /** Returns what an entry is called: its reference name, whole and, if it is a name, its tag. */
  private static Set<String> tags(Descriptor image) {
    Set<String> tags = new LinkedHashSet<>();
    String text = image.annotations().getOrDefault(REF_NAME, "");
    if (!text.isEmpty()) {
      tags.add(text);
    }
    name(image).flatMap(ImageReference::tag).ifPresent(tags::add);
    return tags;
  }

  /** Reads a layout's index, which may be without the media type that it has. */
  static ImageIndex readIndex(ArchiveFiles files) throws IOException {
    byte[] raw = files.document(INDEX_FILE, MAX_INDEX);
    try {
      return ImageIndex.parse(raw);
    } catch (InvalidImageException e) {
      throw new InvalidImageException(files.where() + ": " + INDEX_FILE + ": " + e.getMessage(), e);
    }
  }

  private void requireVersion1() throws IOException {
    byte[] raw = files.document(LAYOUT_FILE, MAX_LAYOUT_FILE);
    String where = files.where() + ": " + LAYOUT_FILE;
    String version;
    try {
      version =
          JsonFields.of(StrictJson.parseObject(raw, where, MAX_LAYOUT_FILE), where)
              .requireString("imageLayoutVersion");
    } catch (InvalidJsonException e) {
      throw new InvalidImageException(String.valueOf(e.getMessage()), e);
    }
    if (!version.startsWith("1.")) {
      throw new InvalidImageException(where + ": expected version 1.0.0, found \"" + version + '"');
    }
  }

  private static Optional<ImageReference> name(Descriptor image) {
    for (String key : List.of(FULL_NAME, REF_NAME)) {
      String text = image.annotations().getOrDefault(key, "");
      if (text.indexOf(':') > 0 || text.indexOf('/') > 0) {
        try {
          return Optional.of(ImageReference.parse(text)).filter(name -> name.digest().isEmpty());
        } catch (IllegalArgumentException e) {
          // Any text may stand there; one that is no name names nothing.
        }
      }
    }
    return Optional.empty();
  }

  static String path(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  @Override
  public InputStream open(Descriptor blob) throws IOException {
    return files.require(path(blob.digest())).newInputStream();
  }

  @Override
  public boolean hasBlob(Descriptor blob) throws IOException {
    return files.find(path(blob.digest())).isPresent();
  }

  @Override
  public boolean has(Descriptor manifest) throws IOException {
    return files.find(path(manifest.digest())).isPresent();
  }
}
