// SPDX-License-Identifier: Apache-2.0
package dev.lamina.layer;

import com.google.common.io.ByteStreams;
import com.google.common.io.CountingInputStream;
import dev.lamina.fs.Content;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarFormatException;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Makes the index of an uncompressed layer.
 *
 * <p>Thread-safe: it keeps nothing between two calls.
 */
public final class LayerReader {
  private LayerReader() {}

  /**
   * Reads a layer to the very end of its stream, bytes after the end of the archive included.
   *
   * @param layer how the layer is called in an exception: a digest, or where it comes from
   * @throws LayerFormatException if it isn't a sound tar stream, or says what a layer can't say
   * @throws IOException if the stream can't be read
   */
  public static LayerIndex scan(String layer, InputStream tar, TarOptions options)
      throws IOException {
    CountingInputStream counted = new CountingInputStream(tar);
    IndexBuilder index = scan(layer, TarReader.over(counted, options));
    long unused = ByteStreams.exhaust(counted); // the stream below may digest and keep what passes
    return index.build(counted.getCount());
  }

  /**
   * Reads the headers of a layer, and of its contents nothing.
   *
   * @param layer how the layer is called in an exception: a digest, or where it comes from
   * @throws LayerFormatException if it isn't a sound tar stream, or says what a layer can't say
   * @throws IOException if the content can't be read
   */
  public static LayerIndex scan(String layer, Content tar, TarOptions options) throws IOException {
    return scan(layer, TarReader.over(tar, options)).build(tar.size());
  }

  private static IndexBuilder scan(String layer, TarReader reader) throws IOException {
    try {
      IndexBuilder index = new IndexBuilder();
      EntryMapper mapper = new EntryMapper(reader, index);
      for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        mapper.add(entry.get());
      }
      return index;
    } catch (TarFormatException e) {
      throw new LayerFormatException(layer, e);
    }
  }
}
