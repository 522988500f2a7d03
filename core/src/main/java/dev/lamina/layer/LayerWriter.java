// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.ContentReader;
import dev.lamina.oci.Digest;
import dev.lamina.tar.TarFormatException;
import dev.lamina.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;

/**
 * Writes changes as a layer's tar: one pass from the contents to the stream, digest and index on
 * the way, and no more memory for a large file than for a small one.
 *
 * <p>What comes out depends on the changes only. Names stand without a slash before and, for
 * directories, with one behind; a file of several names stands under the first with hard links
 * behind; sockets are left out, as Docker leaves them.
 *
 * <p>Thread-safe: it keeps nothing between two calls.
 */
public final class LayerWriter {
  private LayerWriter() {}

  /**
   * A layer that has been written.
   *
   * @param diffId the digest of the tar
   * @param size the size of the tar in bytes
   * @param index where what is in it
   */
  public record Written(Digest diffId, long size, LayerIndex index) {}

  /** Has each file's content read and hears where it is written, on the thread that writes. */
  public interface Contents {
    /** Contents that are read as they are. */
    Contents PLAIN = new Contents() {};

    /**
     * Returns what a content is read from: the same bytes, by way of somebody who looks at them or
     * has them elsewhere too.
     *
     * @param reader opens contents; it is closed when all are written
     * @return is read to its end and closed
     */
    default InputStream open(Content content, ContentReader reader) throws IOException {
      return reader.open(content);
    }

    /**
     * Hears that the content opened last was written.
     *
     * @param content what was opened
     * @param offset where it begins in the tar
     * @throws IOException if it must not stay there, and no layer is to be written
     */
    default void written(Content content, long offset) throws IOException {}
  }

  /**
   * Writes a layer. {@code out} is neither flushed nor closed.
   *
   * @throws LayerFormatException if the changes hold what a layer can't: a name that begins with
   *     {@code .wh.}, a hard link to something that isn't in them, a name or attribute too long
   * @throws IOException if a content can't be read, or the stream not written
   */
  public static Written write(Changes changes, OutputStream out) throws IOException {
    return write(changes, Contents.PLAIN, out);
  }

  /**
   * Writes a layer as {@link #write(Changes, OutputStream)} does.
   *
   * @param contents sees its files
   * @throws LayerFormatException if the changes hold what a layer can't
   * @throws IOException if a content can't be read, or the stream not written
   */
  public static Written write(Changes changes, Contents contents, OutputStream out)
      throws IOException {
    DigestOutputStream digesting = new DigestOutputStream(out, Digest.hasher("sha256"));
    TarWriter tar = TarWriter.over(digesting);
    IndexBuilder index = new IndexBuilder();
    try (ContentReader reader = new ContentReader()) {
      ChangeWriter writer = new ChangeWriter(tar, index, contents, reader);
      for (Change change : changes) {
        writer.write(change);
      }
      tar.finish();
    } catch (TarFormatException e) {
      throw new LayerFormatException("being written", e);
    }
    return new Written(
        Digest.of(digesting.getMessageDigest().digest()),
        tar.position(),
        index.build(tar.position()));
  }
}
