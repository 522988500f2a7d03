// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.compress.Compression;
import dev.lamina.compress.CompressionException;
import dev.lamina.compress.CorruptDataException;
import dev.lamina.compress.DecompressionLimitException;
import dev.lamina.compress.DecompressionLimits;
import dev.lamina.compress.UnavailableCompressionException;
import dev.lamina.fs.Content;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.StepException;
import dev.lamina.tar.TarFormatException;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An archive that ADD unpacks: what decompresses, by content, and starts with a sound tar header.
 * Everything else is an ordinary file.
 */
final class Archive {
  private static final TarOptions TAR = TarOptions.DEFAULT.withEndMarkRequired(false);

  private Archive() {}

  /**
   * Unpacks a content into a directory, if it is an archive.
   *
   * @param name what it is called, for messages
   * @return whether it is one
   */
  static boolean unpack(
      String name, Content content, LayerContext layer, CopyOptions options, String destination)
      throws IOException, InterruptedException {
    try {
      if (!isArchive(content)) {
        return false;
      }
      ArchiveUnpacker unpacker = new ArchiveUnpacker(name, layer, options, destination);
      unpacker.unpack(uncompressed(content, layer), TAR);
      return true;
    } catch (DecompressionLimitException e) {
      throw new StepException(name + ": " + e.getMessage() + ", or ADD --unpack=false", e);
    } catch (CompressionException | TarFormatException e) {
      throw new StepException(name + ": " + e.getMessage(), e);
    }
  }

  private static boolean isArchive(Content content) throws IOException {
    try (InputStream in = new Blockwise(open(content))) {
      return TarReader.over(in, TAR).next().isPresent();
    } catch (UnavailableCompressionException | DecompressionLimitException e) {
      throw e; // it may be one, and an image must not depend on libraries and memory that are there
    } catch (IOException e) {
      return false; // whatever is wrong with it as an archive, it is a file
    }
  }

  private static InputStream open(Content content) throws IOException {
    return Compression.decompressDetected(content.newInputStream(), DecompressionLimits.DEFAULT);
  }

  /** Returns the tar itself: contents of its entries are parts of it. */
  private static Content uncompressed(Content content, LayerContext layer) throws IOException {
    byte[] head =
        content.slice(0, Math.min(content.size(), Compression.DETECTION_LENGTH)).toByteArray();
    if (Compression.detect(head) == Compression.NONE) {
      return content;
    }
    Path file = layer.temporaryFile();
    try (InputStream in = open(content);
        OutputStream out = Files.newOutputStream(file)) {
      in.transferTo(out);
    } catch (CorruptDataException e) {
      if (!e.isBehindEnd() || !isWhole(Content.ofFile(file))) {
        throw e;
      }
    }
    return Content.ofFile(file);
  }

  /** Tells whether a tar ends as it should: Docker looks at nothing behind that. */
  private static boolean isWhole(Content tar) throws IOException {
    TarReader reader = TarReader.over(tar, TarOptions.DEFAULT);
    try {
      while (reader.next().isPresent()) {
        // the end is what counts
      }
      return true;
    } catch (TarFormatException e) {
      return false;
    }
  }

  /**
   * Reads no further than the next tar block at a time: of a read that meets damage bzip2's decoder
   * gives nothing, and the whole of a small archive is one read.
   */
  private static final class Blockwise extends FilterInputStream {
    private static final int BLOCK = 512;

    Blockwise(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, BLOCK));
    }
  }
}
