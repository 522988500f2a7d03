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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.annotation.Nullable;

/**
 * The digests of the files of one context, kept in a file: a header, an entry of fixed size for
 * each, and the digest of all that, so that a damaged file is none. Of entries that no file asked
 * for in this build, no more are kept than of those that one did.
 */
final class DigestTable {
  private static final byte[] HEADER = "lamina-digests 1".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST = 32;
  private static final int ENTRY = 5 * Long.BYTES + 2 * Integer.BYTES + DIGEST;

  private final Path file;
  private final Map<FileVersion, Known> entries;
  private volatile boolean changed;

  /** A digest, and whether a file asked for it in this build. */
  private static final class Known {
    final String digest;
    volatile boolean used;

    Known(String digest, boolean used) {
      this.digest = digest;
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
        while (buffer.hasRemaining()) {
          FileVersion version =
              new FileVersion(
                  buffer.getLong(),
                  buffer.getLong(),
                  buffer.getLong(),
                  Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()),
                  Instant.ofEpochSecond(buffer.getLong(), buffer.getInt()));
          byte[] digest = new byte[DIGEST];
          buffer.get(digest);
          entries.put(version, new Known(HexFormat.of().formatHex(digest), false));
        }
      } catch (BufferUnderflowException e) {
        entries.clear(); // another version wrote it
      }
    }
    return new DigestTable(file, entries);
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
    entries.put(version, new Known(digest, true));
    changed = true;
  }

  /** Writes the table if there is something new in it. */
  void write() throws IOException {
    if (!changed) {
      return;
    }
    List<Map.Entry<FileVersion, Known>> kept = new ArrayList<>(entries.entrySet());
    long used = kept.stream().filter(entry -> entry.getValue().used).count();
    kept.sort(Comparator.comparing(entry -> !entry.getValue().used));
    kept = kept.subList(0, (int) Math.min(kept.size(), 2 * used));
    ByteBuffer buffer = ByteBuffer.allocate(HEADER.length + kept.size() * ENTRY + DIGEST);
    buffer.put(HEADER);
    kept.forEach(entry -> put(buffer, entry.getKey(), entry.getValue().digest));
    buffer.put(sum(buffer.array(), buffer.position()));
    WholeFiles.write(file, buffer.array());
    changed = false;
  }

  private static void put(ByteBuffer buffer, FileVersion version, String digest) {
    buffer.putLong(version.device()).putLong(version.inode()).putLong(version.size());
    put(buffer, version.modified());
    put(buffer, version.changed());
    buffer.put(HexFormat.of().parseHex(digest));
  }

  private static void put(ByteBuffer buffer, Instant time) {
    buffer.putLong(time.getEpochSecond()).putInt(time.getNano());
  }
}
