// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.compress.Compression;
import dev.lamina.compress.CompressionException;
import dev.lamina.compress.DecompressionLimits;
import dev.lamina.layer.LayerFormatException;
import dev.lamina.layer.LayerIndex;
import dev.lamina.layer.LayerReader;
import dev.lamina.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/**
 * Reads a layer's blob once, from its first byte to its last: the blob's digest and size, its
 * decompressed bytes, their digest and their index all come of that one pass.
 */
final class LayerIngest {
  private final String name;
  private final String algorithm;

  /** Takes how the layer is called in exceptions, and by which algorithm its diff ID is made. */
  LayerIngest(String name, String algorithm) {
    this.name = name;
    this.algorithm = algorithm;
  }

  /** Takes the diff ID that the layer should have, which it is called by. */
  static LayerIngest of(Digest diffId) {
    return new LayerIngest(diffId.toString(), diffId.algorithm());
  }

  /** What came of the pass. */
  record Result(Compression compression, Digest diffId, LayerIndex index) {}

  /** Opens where the layer's tar goes, if the blob turns out not to be that. */
  interface TarSink {
    OutputStream open() throws IOException;
  }

  /**
   * Reads a blob.
   *
   * @param blob whose sums are complete when this returns or throws; read to its end
   * @param sink asked only if the blob is compressed, or its digest is of another algorithm than
   *     the diff ID; what it opens is left open
   */
  Result read(SummedInputStream blob, TarSink sink) throws IOException {
    try {
      byte[] head = blob.readNBytes(Compression.DETECTION_LENGTH);
      Compression compression = Compression.detect(head);
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), blob);
      boolean inPlace = compression == Compression.NONE && blob.algorithm().equals(algorithm);
      try (InputStream decompressed = compression.decompress(whole, DecompressionLimits.DEFAULT)) {
        if (inPlace) { // the blob is the tar, whose digest is made already
          LayerIndex index = LayerReader.scan(name, decompressed, LayerFiles.VERIFIED);
          blob.drain();
          return new Result(compression, blob.digest(), index);
        }
        SummedInputStream tar =
            new SummedInputStream(
                decompressed, algorithm, Optional.of(sink.open()), Long.MAX_VALUE);
        LayerIndex index = LayerReader.scan(name, tar, LayerFiles.VERIFIED);
        blob.drain();
        return new Result(compression, tar.digest(), index);
      }
    } catch (CompressionException | LayerFormatException e) {
      blob.drain(); // if the bytes aren't those that were meant, that is what to say
      throw e;
    }
  }
}
