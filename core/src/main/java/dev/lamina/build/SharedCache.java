// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.lamina.archive.BlobSource;
import dev.lamina.json.GoJson;
import dev.lamina.json.InvalidJsonException;
import dev.lamina.json.JsonFields;
import dev.lamina.json.StrictJson;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.Platform;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cache that another machine wrote. Its records are read at once; a layer is fetched when a step
 * is answered by it, and checked against its digest and diff ID as any layer is. That a key stands
 * for that layer, the one who wrote it is trusted with.
 */
final class SharedCache {
  private static final String FIELD = "dev.lamina.cache";
  private static final int MAX_DOCUMENT = 64 << 20;

  private final BlobSource blobs;
  private final Map<String, CacheRecord> records = new HashMap<>();
  private final Map<String, String> shortcuts = new HashMap<>();
  private final Map<Digest, Descriptor> layers = new HashMap<>();

  private SharedCache(BlobSource blobs) {
    this.blobs = blobs;
  }

  static SharedCache open(CacheLocation location) throws IOException {
    CacheLocation.Opened opened = location.open();
    SharedCache cache = new SharedCache(opened.blobs());
    Manifest manifest = Manifest.parse(read(opened.image(), opened.blobs()::openManifest));
    ImageConfig config = ImageConfig.parse(read(manifest.config(), opened.blobs()::open));
    if (config.diffIds().size() != manifest.layers().size()) {
      throw new BuildException("build cache " + opened.image().digest() + ": not sound");
    }
    for (int i = 0; i < manifest.layers().size(); i++) {
      cache.layers.put(config.diffIds().get(i), manifest.layers().get(i));
    }
    try {
      cache.readRecords(config);
    } catch (InvalidJsonException | IllegalArgumentException e) {
      throw new BuildException("build cache " + opened.image().digest() + ": not sound", e);
    }
    return cache;
  }

  private interface Opener {
    InputStream open(Descriptor blob) throws IOException;
  }

  private static byte[] read(Descriptor document, Opener opener) throws IOException {
    if (document.size() > MAX_DOCUMENT) {
      throw new BuildException(document.digest() + ": expected at most " + MAX_DOCUMENT + " bytes");
    }
    try (InputStream in = opener.open(document)) {
      byte[] bytes = in.readNBytes((int) document.size() + 1);
      Digest found = Digest.of(document.digest().newHasher().digest(bytes));
      if (!found.equals(document.digest())) {
        throw new BuildException("expected " + document.digest() + ", found " + found);
      }
      return bytes;
    }
  }

  private void readRecords(ImageConfig config) throws InvalidJsonException {
    JsonFields all = JsonFields.of(json(config), "config").requireFields(FIELD);
    for (JsonFields record : all.list("records")) {
      records.put(
          record.requireString("key"),
          new CacheRecord(
              Digest.parse(record.requireString("layer")),
              record
                  .time("created")
                  .orElseThrow(() -> new IllegalArgumentException("a record without a time"))));
    }
    shortcuts.putAll(all.stringMap("shortcuts"));
  }

  private static JsonObject json(ImageConfig config) throws InvalidJsonException {
    return StrictJson.parseObject(config.raw(), "config", MAX_DOCUMENT);
  }

  /** Returns the key that a short cut leads to. */
  Optional<String> shortcut(String from) {
    return Optional.ofNullable(shortcuts.get(from));
  }

  /** Returns the record of a key, once its layer is in the store. */
  Optional<CacheRecord> find(String key, LocalStore store) throws IOException {
    CacheRecord record = records.get(key);
    if (record == null) {
      return Optional.empty();
    }
    Descriptor blob = layers.get(record.layer());
    if (blob == null) {
      return Optional.empty();
    }
    if (store.layers().find(record.layer()).isEmpty()) {
      try (InputStream in = blobs.open(blob)) {
        Layer unused = store.layers().ingest(in, blob, record.layer());
      }
    }
    return Optional.of(record);
  }

  /** Writes steps, and the layers they stand for, which are in a store. */
  static void write(List<UsedSteps.Used> steps, LocalStore store, CacheLocation location)
      throws IOException {
    JsonObject shortcuts = new JsonObject();
    JsonArray records = new JsonArray();
    Set<Digest> diffIds = new LinkedHashSet<>();
    for (UsedSteps.Used step : steps) {
      JsonObject record = new JsonObject();
      record.addProperty("key", step.key());
      record.addProperty("layer", step.record().layer().toString());
      record.addProperty("created", step.record().created().toString());
      records.add(record);
      step.shortcut()
          .filter(Shortcut::isPortable)
          .ifPresent(shortcut -> shortcuts.addProperty(shortcut.name(), step.key()));
      diffIds.add(step.record().layer());
    }
    List<Layer> layers = new ArrayList<>();
    List<HistoryEntry> history = new ArrayList<>();
    for (Digest diffId : diffIds) {
      layers.add(store.layers().require(diffId));
      history.add(History.entry("build cache", Optional.empty(), false));
    }
    JsonObject field = new JsonObject();
    field.add("records", records);
    field.add("shortcuts", shortcuts);
    ImageConfig plain = ImageConfig.of(Platform.host()).withLayers(List.copyOf(diffIds), history);
    JsonObject json = json(plain);
    json.add(FIELD, field);
    var image = store.put(ImageConfig.parse(GoJson.write(json)), layers);
    try {
      location.write(store, image.manifestDescriptor());
    } finally {
      var unused = store.remove(image); // it was only on its way out
    }
  }
}
