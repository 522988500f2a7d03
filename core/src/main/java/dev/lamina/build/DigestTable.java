// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.FileVersion;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
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
  private final Map<FileVersion, String> unused;
  private final Map<FileVersion, String> used = new ConcurrentHashMap<>();
  private volatile boolean changed;

  private DigestTable(Path file, Map<FileVersion, String> unused) {
    this.file = file;
    this.unused = unused;
  }

  static DigestTable read(Path file) throws IOException {
    Map<FileVersion, String> entries = new ConcurrentHashMap<>();
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new DigestTable(file, entries);
    }
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
          entries.put(version, HexFormat.of().formatHex(digest));
        }
      } catch (BufferUnderflowException e) {
        entries.clear(); // another version wrote it
      }
    }
    return new DigestTable(file, entries);
  }

  private static byte[] sum(byte[] bytes, int length) {
    var digest = Hashes.sha256();
    digest.update(bytes, 0, length);
    return digest.digest();
  }

  /** Returns a digest, or null if it isn't known. */
  @Nullable
  String findOrNull(FileVersion version) {
    String digest = used.get(version);
    if (digest == null) {
      digest = unused.remove(version);
      if (digest != null) {
        used.put(version, digest);
      }
    }
    return digest;
  }

  void put(FileVersion version, String digest) {
    used.put(version, digest);
    changed = true;
  }

  /** Writes the table if there is something new in it. */
  void write() throws IOException {
    if (!changed) {
      return;
    }
    int kept = Math.min(unused.size(), used.size());
    ByteBuffer buffer =
        ByteBuffer.allocate(HEADER.length + (used.size() + kept) * ENTRY + DIGEST).put(HEADER);
    used.forEach((version, digest) -> put(buffer, version, digest));
    unused.entrySet().stream()
        .limit(kept)
        .forEach(entry -> put(buffer, entry.getKey(), entry.getValue()));
    buffer.put(sum(buffer.array(), buffer.position()));
    WholeFiles.write(file, Arrays.copyOf(buffer.array(), buffer.position()));
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
