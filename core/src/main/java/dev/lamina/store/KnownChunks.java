// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.compress.ChunkCache;
import dev.lamina.fs.Content;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The chunks of compressed layers in a store, to be used again for layers that have them too. Takes
 * no room but for a small text beside each compressed layer that says where its chunks are: the
 * bytes are read from the layer's blob. A text or blob that isn't there, or isn't whole, means that
 * chunks are encoded again.
 *
 * <p>For one stream. Looking up is thread-safe.
 */
final class KnownChunks implements ChunkCache {
  /** Smaller layers are compressed faster than this is set up. */
  static final long MIN_LAYER_SIZE = 2 << 20;

  /** How many layers, the last ones made or used, are looked at. */
  private static final int MAX_LAYERS = 64;

  private final Storage storage;
  private final String made;
  private final Map<String, Place> places = new HashMap<>(); // not changed once loaded
  private final List<EncodedChunk> added = new ArrayList<>();

  private record Place(String blob, EncodedChunk chunk) {}

  private KnownChunks(Storage storage, String made) {
    this.storage = storage;
    this.made = made;
  }

  /**
   * Reads where chunks are.
   *
   * @param made how the stream is made: chunks of streams made otherwise are no use
   */
  static KnownChunks load(Storage storage, String made) throws IOException {
    KnownChunks chunks = new KnownChunks(storage, made);
    chunks.load();
    return chunks;
  }

  private void load() throws IOException {
    List<Storage.Item> newestFirst = new ArrayList<>(storage.list(Area.CHUNKS));
    newestFirst.sort(Comparator.comparing(Storage.Item::modified).reversed());
    for (Storage.Item item : newestFirst.subList(0, Math.min(MAX_LAYERS, newestFirst.size()))) {
      Optional<Content> text = storage.find(Area.CHUNKS, item.name());
      if (text.isPresent()) {
        parse(item.name(), new String(text.get().toByteArray(), StandardCharsets.UTF_8));
      }
    }
  }

  private void parse(String blob, String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(made)) {
      return;
    }
    for (String line : lines) {
      parseLine(line)
          .ifPresent(chunk -> places.putIfAbsent(chunk.sha256(), new Place(blob, chunk)));
    }
  }

  private static Optional<EncodedChunk> parseLine(String line) {
    String[] words = line.split(" ", -1);
    try {
      return words.length != 4
          ? Optional.empty()
          : Optional.of(
              new EncodedChunk(
                  words[0],
                  Long.parseLong(words[1]),
                  Integer.parseInt(words[2]),
                  Integer.parseInt(words[3])));
    } catch (NumberFormatException e) {
      return Optional.empty(); // a damaged line is a line less
    }
  }

  @Override
  public Optional<byte[]> find(String sha256) throws IOException {
    Place place = places.get(sha256);
    if (place == null) {
      return Optional.empty();
    }
    EncodedChunk chunk = place.chunk();
    Optional<Content> blob = storage.find(Area.SHA256, place.blob());
    if (blob.isEmpty()
        || chunk.offset() < 0
        || chunk.size() < 0
        || chunk.offset() > blob.get().size() - chunk.size()) {
      return Optional.empty();
    }
    byte[] encoded = blob.get().slice(chunk.offset(), chunk.size()).toByteArray();
    CRC32 crc = new CRC32();
    crc.update(encoded);
    return (int) crc.getValue() == chunk.crc32() ? Optional.of(encoded) : Optional.empty();
  }

  @Override
  public void add(EncodedChunk chunk) {
    added.add(chunk);
  }

  /** Remembers the chunks of the stream, which is in the store now. */
  void save(Digest blob) throws IOException {
    if (added.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(made).append('\n');
    for (EncodedChunk chunk : added) {
      text.append(chunk.sha256()).append(' ').append(chunk.offset()).append(' ');
      text.append(chunk.size()).append(' ').append(chunk.crc32()).append('\n');
    }
    try (Staged staged = storage.stage()) {
      staged.write(text.toString().getBytes(StandardCharsets.UTF_8));
      staged.publish(Area.CHUNKS, blob.hex());
    }
  }
}
