// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/**
 * A blob on its way into a store. Its bytes are digested as they come; nothing is visible before it
 * is committed, and committing is atomic and durable. Closing it without committing leaves the
 * store as it was. Not thread-safe.
 */
public final class BlobWriter extends OutputStream {
  private final Blobs blobs;
  private final Staged staged;
  private final MessageDigest hasher;
  private long size;
  private boolean committed;

  BlobWriter(Blobs blobs, Staged staged, String algorithm) {
    this.blobs = blobs;
    this.staged = staged;
    this.hasher = Digest.hasher(algorithm);
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
    blobs.publish(staged, digest, size);
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
    blobs.publish(staged, found, size);
  }

  /** Throws the bytes away if they haven't been committed. */
  @Override
  public void close() throws IOException {
    staged.close();
  }
}
