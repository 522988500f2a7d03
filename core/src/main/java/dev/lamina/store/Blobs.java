// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blobs of a store: bytes under their digest. A blob is whole or absent, and is never changed.
 *
 * <pre>{@code
 * try (BlobWriter writer = store.blobs().ingest()) {
 *   in.transferTo(writer);
 *   writer.commit(descriptor);
 * }
 * }</pre>
 *
 * <p>Blobs that nothing refers to are deleted by {@link LocalStore#prune}; a {@link Lease} protects
 * those on their way. Thread-safe.
 */
public final class Blobs {
  private final Storage storage;

  Blobs(Storage storage) {
    this.storage = storage;
  }

  /** Returns a blob's bytes if the store has them. They aren't checked against the digest again. */
  public Optional<Content> find(Digest digest) throws IOException {
    return storage.find(Area.of(digest), digest.hex());
  }

  /**
   * Returns a blob's bytes.
   *
   * @throws BlobNotFoundException if the store doesn't have them
   */
  public Content require(Digest digest) throws IOException {
    Optional<Content> content = find(digest);
    if (content.isEmpty()) {
      throw new BlobNotFoundException("blob", digest);
    }
    return content.get();
  }

  /**
   * Returns a small blob, such as a document, checked against its descriptor.
   *
   * @throws BlobNotFoundException if the store doesn't have it
   * @throws BlobMismatchException if it isn't what the descriptor says
   */
  public byte[] read(Descriptor descriptor) throws IOException {
    Content content = require(descriptor.digest());
    requireSize(descriptor, content.size());
    byte[] bytes = content.toByteArray();
    Digest found = Digest.of(descriptor.digest().newHasher().digest(bytes));
    if (!found.equals(descriptor.digest())) {
      throw BlobMismatchException.digest("blob", descriptor.digest(), found);
    }
    return bytes;
  }

  private static void requireSize(Descriptor descriptor, long found) throws BlobMismatchException {
    if (found != descriptor.size()) {
      throw BlobMismatchException.size("blob " + descriptor.digest(), descriptor.size(), found);
    }
  }

  /** Returns whether the store has a blob. */
  public boolean contains(Digest digest) throws IOException {
    return find(digest).isPresent();
  }

  /**
   * Returns whether the store has a blob, which every open {@link Lease} protects from then on as
   * if it had just come in.
   *
   * @throws BlobMismatchException if it has another size than the descriptor says
   */
  public boolean retain(Descriptor descriptor) throws IOException {
    Digest digest = descriptor.digest();
    boolean there = storage.exclusively(() -> storage.touch(Area.of(digest), digest.hex()));
    if (there) {
      requireSize(descriptor, require(digest).size());
    }
    return there;
  }

  /** Returns a blob's size in bytes if the store has it. */
  public Optional<Long> size(Digest digest) throws IOException {
    return find(digest).map(Content::size);
  }

  /** Returns the digests of all blobs, in their order. */
  public List<Digest> digests() throws IOException {
    List<Digest> digests = new ArrayList<>();
    for (Area area : Area.BLOBS) {
      for (Storage.Item item : storage.list(area)) {
        Optional<Digest> digest = digest(area, item.name());
        digest.ifPresent(digests::add);
      }
    }
    return List.copyOf(digests);
  }

  /**
   * Returns the digest that a file of an area stands for; nothing for files that others left there.
   */
  static Optional<Digest> digest(Area area, String name) {
    try {
      return Optional.of(new Digest(area.algorithm(), name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the digest that a file's name stands for, by its length; nothing for other names. */
  static Optional<Digest> digest(String name) {
    Area area =
        switch (name.length()) {
          case 96 -> Area.SHA384;
          case 128 -> Area.SHA512;
          default -> Area.SHA256;
        };
    return digest(area, name);
  }

  /**
   * Puts staged bytes, whose digest and size are known, in their place; one that is there already
   * is left there.
   */
  void publish(Staged staged, Digest digest, long size) throws IOException {
    Area area = Area.of(digest);
    boolean known =
        storage.exclusively(
            () -> {
              Optional<Content> there = find(digest);
              return there.isPresent()
                  && there.get().size() == size
                  && storage.touch(area, digest.hex());
            });
    if (!known) {
      staged.publish(area, digest.hex());
    }
  }

  /** Opens a new blob, to be committed under its SHA-256. */
  public BlobWriter ingest() throws IOException {
    return new BlobWriter(this, storage.stage(), "sha256");
  }

  /** Opens a new blob that is to have a certain digest, of whichever algorithm. */
  public BlobWriter ingest(Digest expected) throws IOException {
    return new BlobWriter(this, storage.stage(), expected.algorithm());
  }

  /** Puts bytes in memory, such as a document, under their SHA-256, which it returns. */
  @CanIgnoreReturnValue
  public Digest put(byte[] bytes) throws IOException {
    Digest digest = Digest.sha256(bytes);
    if (!retain(Descriptor.of("", digest, bytes.length))) {
      try (BlobWriter writer = ingest()) {
        writer.write(bytes);
        writer.commit();
      }
    }
    return digest;
  }
}
