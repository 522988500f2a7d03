// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import dev.lamina.compress.Compression;
import dev.lamina.fs.Content;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.MediaTypes;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a Docker archive's files into a store. */
final class DockerArchiveReader {
  static final String MANIFEST_FILE = "manifest.json";

  private static final int MAX_MANIFEST = 16 << 20;
  private static final int MAX_CONFIG = 8 << 20;

  /** Both forms in which the name of a file is the digest of its bytes. */
  private static final Pattern NAMED_BY_DIGEST =
      Pattern.compile("(?:blobs/sha256/)?([a-f0-9]{64})(?:\\.json)?");

  private final ArchiveFiles files;
  private final LocalStore store;

  DockerArchiveReader(ArchiveFiles files, LocalStore store) {
    this.files = files;
    this.store = store;
  }

  /**
   * One image of the archive.
   *
   * @param layers the paths of the layers, the lowest first
   */
  private record ArchivedImage(
      ImageConfig config, List<String> layers, List<ImageReference> names) {}

  List<NamedImage> read() throws IOException {
    List<ArchivedImage> archived = new ArrayList<>();
    for (JsonFields entry : readManifest()) {
      archived.add(readImage(entry));
    }
    List<NamedImage> images = new ArrayList<>();
    for (ArchivedImage image : archived) {
      images.add(
          new NamedImage(
              store.put(image.config(), readLayers(image)).manifestDescriptor(), image.names()));
    }
    Loading.tag(store, images);
    return images;
  }

  private List<JsonFields> readManifest() throws IOException {
    if (files.find(MANIFEST_FILE).isEmpty()) {
      String hint =
          files.find("repositories").isPresent()
              ? ", but the \"repositories\" of Docker before 1.10: save it again with a newer one"
              : "";
      throw new InvalidImageException(
          files.where() + ": expected the manifest.json of a Docker archive, found none" + hint);
    }
    String where = files.where() + ": " + MANIFEST_FILE;
    try {
      JsonElement json =
          StrictJson.parse(files.document(MANIFEST_FILE, MAX_MANIFEST), where, MAX_MANIFEST);
      if (!(json instanceof JsonArray array)) {
        throw new InvalidImageException(where + ": expected an array of images, found no array");
      }
      List<JsonFields> entries = new ArrayList<>();
      for (JsonElement element : array) {
        if (!element.isJsonObject()) {
          throw new InvalidImageException(where + ": expected objects, found " + element);
        }
        String each = where + "[" + entries.size() + "]";
        entries.add(JsonFields.of(element.getAsJsonObject(), each));
      }
      return entries;
    } catch (InvalidJsonException e) {
      throw new InvalidImageException(String.valueOf(e.getMessage()), e);
    }
  }

  private ArchivedImage readImage(JsonFields entry) throws IOException {
    try {
      String path = entry.requireString("Config");
      byte[] raw = files.document(path, MAX_CONFIG);
      requireNamedDigest(path, Digest.sha256(raw));
      ImageConfig config = parseConfig(path, raw);
      List<String> layers = entry.strings("Layers");
      if (layers.size() != config.diffIds().size()) {
        throw new InvalidImageException(
            entry.where()
                + ".Layers: expected as many as "
                + path
                + " has diff IDs, "
                + config.diffIds().size()
                + ", found "
                + layers.size());
      }
      for (String layer : layers) {
        Content unused = files.require(layer);
      }
      return new ArchivedImage(config, layers, names(entry));
    } catch (InvalidJsonException e) {
      throw new InvalidImageException(String.valueOf(e.getMessage()), e);
    }
  }

  private ImageConfig parseConfig(String path, byte[] raw) throws InvalidImageException {
    try {
      return ImageConfig.parse(raw);
    } catch (InvalidImageException e) {
      throw new InvalidImageException(files.where() + ": " + path + ": " + e.getMessage(), e);
    }
  }

  private void requireNamedDigest(String path, Digest found) throws InvalidImageException {
    Matcher named = NAMED_BY_DIGEST.matcher(path);
    if (named.matches() && !named.group(1).equals(found.hex())) {
      throw new InvalidImageException(
          files.where() + ": " + path + ": expected the bytes of that digest, found " + found);
    }
  }

  private static List<ImageReference> names(JsonFields entry)
      throws InvalidJsonException, InvalidImageException {
    List<ImageReference> names = new ArrayList<>();
    for (String text : entry.strings("RepoTags")) {
      try {
        ImageReference name = ImageReference.parse(text);
        if (name.digest().isEmpty()) {
          names.add(name);
        }
      } catch (IllegalArgumentException e) {
        throw new InvalidImageException(entry.where() + ".RepoTags: " + e.getMessage(), e);
      }
    }
    return names;
  }

  private List<Layer> readLayers(ArchivedImage image) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < image.layers().size(); i++) {
      layers.add(readLayer(image.layers().get(i), image.config().diffIds().get(i)));
    }
    return layers;
  }

  /** A layer that the store has isn't read: it is what its diff ID says. */
  private Layer readLayer(String path, Digest diffId) throws IOException {
    Optional<Layer> there = store.layers().find(diffId);
    if (there.isPresent()) {
      return there.get();
    }
    Content content = files.require(path);
    Descriptor blob = describe(content, diffId);
    try (InputStream in = content.newInputStream()) {
      return store.layers().ingest(in, blob, diffId);
    }
  }

  /** A compressed layer's digest isn't said anywhere, so it is computed first. */
  private static Descriptor describe(Content content, Digest diffId) throws IOException {
    byte[] head =
        content.slice(0, Math.min(content.size(), Compression.DETECTION_LENGTH)).toByteArray();
    String type =
        switch (Compression.detect(head)) {
          case GZIP -> MediaTypes.OCI_LAYER_GZIP;
          case ZSTD -> MediaTypes.OCI_LAYER_ZSTD;
          default -> MediaTypes.OCI_LAYER;
        };
    boolean plain = type.equals(MediaTypes.OCI_LAYER) && diffId.algorithm().equals("sha256");
    return Descriptor.of(type, plain ? diffId : Digest.sha256(content), content.size());
  }
}
