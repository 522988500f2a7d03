// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.Content;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * A blob on its way into a store. Its bytes are digested as they come; nothing is visible before it
 * is committed, and committing is atomic and durable. Closing it without committing leaves the
 * store as it was. Not thread-safe.
 */
public final class BlobWriter extends OutputStream {
  private final Storage storage;
  private final Staged staged;
  private final MessageDigest hasher;
  private long size;
  private boolean committed;

  BlobWriter(Storage storage, String algorithm) throws IOException {
    this.storage = storage;
    this.staged = storage.stage();
    this.hasher = Hashers.of(algorithm);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    hasher.update(bytes, offset, length);
    staged.write(bytes, offset, length);
    size += length;
  }

  /** Returns how many bytes have been written. */
  public long size() {
    return size;
  }

  /** Returns what has been written so far, readable until this is closed. */
  Content content() throws IOException {
    return staged.content();
  }

  /**
   * Puts the blob under the digest it has, which it returns.
   *
   * @throws IllegalStateException if it has been committed
   */
  @CanIgnoreReturnValue
  public Digest commit() throws IOException {
    if (committed) {
      throw new IllegalStateException("blob: expected to be open, found committed");
    }
    committed = true;
    Digest digest = Digest.of(hasher.digest());
    publish(digest);
    return digest;
  }

  /**
   * Puts the blob under the digest it must have.
   *
   * @throws BlobMismatchException if it isn't what the descriptor says; it is thrown away then
   */
  public void commit(Descriptor expected) throws IOException {
    if (size != expected.size()) {
      throw BlobMismatchException.size("blob " + expected.digest(), expected.size(), size);
    }
    commit(expected.digest());
  }

  /**
   * Puts the blob under the digest it must have.
   *
   * @throws BlobMismatchException if it has another; it is thrown away then
   */
  public void commit(Digest expected) throws IOException {
    if (committed) {
      throw new IllegalStateException("blob: expected to be open, found committed");
    }
    committed = true;
    Digest found = Digest.of(hasher.digest());
    if (!found.equals(expected)) {
      throw BlobMismatchException.digest("blob", expected, found);
    }
    publish(found);
  }

  private void publish(Digest digest) throws IOException {
    Area area = Area.of(digest);
    boolean known =
        storage.exclusively(
            () -> {
              Optional<Content> there = storage.find(area, digest.hex());
              return there.isPresent()
                  && there.get().size() == size
                  && storage.touch(area, digest.hex());
            });
    if (!known) {
      staged.publish(area, digest.hex());
    }
  }

  /** Throws the bytes away if they haven't been committed. */
  @Override
  public void close() throws IOException {
    staged.close();
  }
}
