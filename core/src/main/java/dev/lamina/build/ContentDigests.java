// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.context.HostContent;
import dev.lamina.fs.Content;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.annotation.Nullable;

/**
 * Digests contents, and remembers the digests of host files from build to build, and where they
 * stand in layers, so that a file is read again only when its size, times or inode are other than
 * they were. What is remembered is in a folder, a file for each context; deleting it costs time
 * only.
 *
 * <p>Safe for use by several threads.
 */
final class ContentDigests {
  private static final int CHUNK = 64 * 1024;

  /**
   * How old the times of a file must be to say that it hasn't changed: two changes within one tick
   * of the file system's clock leave the same times.
   */
  private static final Duration CLOCK_TICK = Duration.ofSeconds(1);

  private final Path folder;
  private final InstantSource clock;
  private final Map<Path, DigestTable> tables = new HashMap<>(); // guarded by itself
  private final Map<Content, String> inLayers = new ConcurrentHashMap<>();
  private final AtomicLong bytesRead = new AtomicLong();

  private ContentDigests(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Opens what is remembered in a folder, which exists. */
  static ContentDigests open(Path folder, InstantSource clock) {
    return new ContentDigests(folder, clock);
  }

  /** Returns the SHA-256 of a content in hexadecimal. */
  String of(Content content) throws IOException, InterruptedException {
    String known = knownOrNull(content);
    if (known != null) {
      return known;
    }
    Instant before = oldest();
    String read = read(content);
    if (content instanceof HostContent file
        && file.version().isTelling()
        && file.version().isBefore(before)) {
      table(file.folder()).put(file.version(), read);
    }
    return read;
  }

  /** Returns the time before which a file must have been changed last to be remembered from now. */
  Instant oldest() {
    return clock.instant().minus(CLOCK_TICK);
  }

  /** Returns the digest of a content if that is remembered, else null. */
  @Nullable
  String knownOrNull(Content content) throws IOException {
    if (!(content instanceof HostContent file)) {
      return inLayers.get(content);
    }
    return file.version().isTelling() ? table(file.folder()).findOrNull(file.version()) : null;
  }

  /**
   * Remembers for this build that a content stands in a layer now, if its digest is remembered:
   * what another stage copies from there is not digested again.
   */
  void learn(Content content, Content inLayer) throws IOException {
    String known = knownOrNull(content);
    if (known != null) {
      inLayers.put(inLayer, known);
    }
  }

  /**
   * Remembers a digest that somebody else computed.
   *
   * @param before how old the file had to be when that was begun, to be remembered
   */
  void learn(HostContent file, String digest, Instant before) throws IOException {
    bytesRead.addAndGet(file.size());
    if (file.version().isTelling() && file.version().isBefore(before)) {
      table(file.folder()).put(file.version(), digest);
    }
  }

  /** Returns where a content stands in a layer that was made of it, or null. */
  @Nullable
  LayerPlace placeOrNull(HostContent file) throws IOException {
    return file.version().isTelling() ? table(file.folder()).placeOrNull(file.version()) : null;
  }

  /** Remembers where a content stands, if its digest is remembered too. */
  void learn(HostContent file, LayerPlace place) throws IOException {
    if (file.version().isTelling()) {
      table(file.folder()).put(file.version(), place);
    }
  }

  private DigestTable table(Path context) throws IOException {
    synchronized (tables) {
      DigestTable table = tables.get(context);
      if (table == null) {
        table = DigestTable.read(folder.resolve(Digest.sha256(context.toUri().toString()).hex()));
        tables.put(context, table);
      }
      return table;
    }
  }

  private String read(Content content) throws IOException, InterruptedException {
    MessageDigest digest = Digest.hasher("sha256");
    byte[] chunk = new byte[(int) Math.max(1, Math.min(CHUNK, content.size()))];
    try (InputStream in = content.newInputStream()) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
        bytesRead.addAndGet(n);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns how many bytes were read to be digested. */
  long bytesRead() {
    return bytesRead.get();
  }

  /** Writes what is new, for the next build. */
  void save() throws IOException {
    synchronized (tables) {
      for (DigestTable table : tables.values()) {
        table.write();
      }
    }
  }
}
