// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.FileVersion;
import dev.lamina.oci.Digest;
import dev.lamina.store.WholeFiles;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;

/**
 * The digests of the files of one context, and where their contents stand in layers, kept in a
 * file: a header, the layers, an entry of fixed size for each file, and the digest of all that, so
 * that a damaged file is none. Of entries that no file asked for in this build, no more are kept
 * than of those that one did.
 */
final class DigestTable {
  private static final byte[] HEADER = "lamina-digests 2".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST = 32;
  private static final int PLACE = 2 * Integer.BYTES + Long.BYTES;
  private static final int ENTRY = 5 * Long.BYTES + 2 * Integer.BYTES + DIGEST + PLACE;
  private static final int NO_LAYER = -1;

  private final Path file;
  private final Map<FileVersion, Known> entries;
  private volatile boolean changed;

  /** A digest, where its content stands, and whether a file asked for it in this build. */
  private static final class Known {
    final String digest;
    volatile @Nullable LayerPlace place;
    volatile boolean used;

    Known(String digest, @Nullable LayerPlace place, boolean used) {
      this.digest = digest;
      this.place = place;
      this.used = used;
    }
  }

  private DigestTable(Path file, Map<FileVersion, Known> entries) {
    this.file = file;
    this.entries = entries;
  }

  static DigestTable read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new DigestTable(file, new ConcurrentHashMap<>());
    }
    Map<FileVersion, Known> entries = new ConcurrentHashMap<>(bytes.length / ENTRY + 1);
    int end = bytes.length - DIGEST;
    if (end >= HEADER.length
        && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length)
        && Arrays.equals(sum(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, HEADER.length, end - HEADER.length);
      try {
        List<Digest> layers = new ArrayList<>();
        for (int rest = buffer.getInt(); rest > 0; rest--) {
          layers.add(Digest.of(digest(buffer)));
        }
        while (buffer.hasRemaining()) {
          FileVersion version =
              new FileVersion(
                  buffer.getLong(),
                  buffer.getLong(),
                  buffer.getLong(),
                  Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()),
                  Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()));
          String digest = HexFormat.of().formatHex(digest(buffer));
          int layer = buffer.getInt();
          long offset = buffer.getLong();
          int sum = buffer.getInt();
          LayerPlace place =
              layer == NO_LAYER ? null : new LayerPlace(layers.get(layer), offset, sum);
          entries.put(version, new Known(digest, place, false));
        }
      } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
        entries.clear(); // another version wrote it
      }
    }
    return new DigestTable(file, entries);
  }

  private static byte[] digest(ByteBuffer buffer) {
    byte[] digest = new byte[DIGEST];
    buffer.get(digest);
    return digest;
  }

  private static byte[] sum(byte[] bytes, int length) {
    var digest = Digest.hasher("sha256");
    digest.update(bytes, 0, length);
    return digest.digest();
  }

  /** Returns a digest, or null if it isn't known. */
  @Nullable
  String findOrNull(FileVersion version) {
    Known known = entries.get(version);
    if (known == null) {
      return null;
    }
    known.used = true;
    return known.digest;
  }

  void put(FileVersion version, String digest) {
    entries.put(version, new Known(digest, null, true));
    changed = true;
  }

  /** Returns where a content stands, or null if that isn't known. */
  @Nullable
  LayerPlace placeOrNull(FileVersion version) {
    Known known = entries.get(version);
    return known == null ? null : known.place;
  }

  /** Notes where a content stands whose digest is known. */
  void put(FileVersion version, LayerPlace place) {
    Known known = entries.get(version);
    if (known != null) {
      known.place = place;
      changed = true;
    }
  }

  /** Writes the table if there is something new in it. */
  void write() throws IOException {
    if (!changed) {
      return;
    }
    List<Map.Entry<FileVersion, Known>> kept = new ArrayList<>(entries.entrySet());
    long used = kept.stream().filter(entry -> entry.getValue().used).count();
    kept.sort((a, b) -> Boolean.compare(b.getValue().used, a.getValue().used));
    kept = kept.subList(0, (int) Math.min(kept.size(), 2 * used));
    Map<Digest, Integer> layers = layers(kept);
    ByteBuffer buffer =
        ByteBuffer.allocate(
            HEADER.length + Integer.BYTES + layers.size() * DIGEST + kept.size() * ENTRY + DIGEST);
    buffer.put(HEADER);
    buffer.putInt(layers.size());
    layers.keySet().forEach(layer -> buffer.put(HexFormat.of().parseHex(layer.hex())));
    kept.forEach(entry -> put(buffer, entry.getKey(), entry.getValue(), layers));
    buffer.put(sum(buffer.array(), buffer.position()));
    WholeFiles.write(file, buffer.array());
    changed = false;
  }

  /** Returns the layers that contents stand in, each with its number, in the order of those. */
  private static Map<Digest, Integer> layers(List<Map.Entry<FileVersion, Known>> entries) {
    Map<Digest, Integer> layers = new LinkedHashMap<>();
    for (Map.Entry<FileVersion, Known> entry : entries) {
      LayerPlace place = entry.getValue().place;
      if (place != null) {
        layers.putIfAbsent(place.layer(), layers.size());
      }
    }
    return layers;
  }

  private static void put(
      ByteBuffer buffer, FileVersion version, Known known, Map<Digest, Integer> layers) {
    buffer.putLong(version.device()).putLong(version.inode()).putLong(version.size());
    put(buffer, version.modified());
    put(buffer, version.changed());
    buffer.put(HexFormat.of().parseHex(known.digest));
    LayerPlace place = known.place;
    if (place == null) {
      buffer.putInt(NO_LAYER).putLong(0).putInt(0);
    } else {
      int layer = layers.getOrDefault(place.layer(), NO_LAYER);
      buffer.putInt(layer).putLong(place.offset()).putInt(place.sum());
    }
  }

  private static void put(ByteBuffer buffer, Instant time) {
    buffer.putLong(time.getEpochSecond()).putInt(time.getNano());
  }
}
