// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.compress.Compression;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.compress.Compressor;
import dev.lamina.compress.DigestedOutput;
import dev.lamina.fs.Content;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The compressed forms of layers: each made at most once, and remembered. Thread-safe. */
final class LayerForms {
  private static final int BUFFER_SIZE = 256 << 10;

  private final Storage storage;
  private final Blobs blobs;
  private final LayerRecords records;
  private final Map<Digest, Object> locks = new ConcurrentHashMap<>();

  LayerForms(Storage storage, Blobs blobs, LayerRecords records) {
    this.storage = storage;
    this.blobs = blobs;
    this.records = records;
  }

  Descriptor blob(Layer layer, CompressionOptions options) throws IOException {
    Content tar = layer.tar(); // the blob it came as is known once it has been opened
    synchronized (locks.computeIfAbsent(layer.diffId(), diffId -> new Object())) {
      if (options.compression() == Compression.NONE) {
        return tar(layer.diffId(), tar);
      }
      String made = nameOf(options);
      Optional<Descriptor> known = find(layer, options.compression(), made);
      return known.isPresent() ? known.get() : make(layer, options, made);
    }
  }

  /** The name under which a record knows what was made with these options. */
  private static String nameOf(CompressionOptions options) {
    String encoder =
        options instanceof CompressionOptions.Gzip ? CompressionOptions.Gzip.encoder() + ":" : "";
    return encoder + options.toString().replace(" ", "");
  }

  /** Protects layers; false if one isn't there. */
  boolean retain(Collection<Digest> wanted) throws IOException {
    if (wanted.isEmpty()) {
      return true;
    }
    return storage.exclusively(
        () -> {
          for (Digest layer : wanted) {
            if (!retain(layer)) {
              return false;
            }
          }
          return true;
        });
  }

  /** The copy beside a blob stays as long as the blob. */
  private boolean retain(Digest layer) throws IOException {
    boolean there = storage.touch(Area.of(layer), layer.hex());
    for (LayerRecords.Form form : records.find(layer)) {
      Digest blob = form.blob().digest();
      there |= storage.touch(Area.of(blob), blob.hex());
    }
    return there;
  }

  /** Finds the very form, else one that came in the same format: what can leave as it came does. */
  private Optional<Descriptor> find(Layer layer, Compression compression, String made)
      throws IOException {
    Optional<Descriptor> came = Optional.empty();
    for (LayerRecords.Form form : records.find(layer.diffId())) {
      Optional<Content> content = blobs.find(form.blob().digest());
      if (content.isEmpty()) {
        continue;
      }
      if (form.made().equals(made)) {
        return Optional.of(form.blob());
      }
      if (form.made().equals(LayerRecords.CAME) && detect(content.get()) == compression) {
        came = Optional.of(form.blob());
      }
    }
    return came;
  }

  private static Compression detect(Content blob) throws IOException {
    long length = Math.min(blob.size(), Compression.DETECTION_LENGTH);
    return Compression.detect(blob.slice(0, length).toByteArray());
  }

  private Descriptor tar(Digest diffId, Content tar) throws IOException {
    Descriptor blob = Descriptor.of(MediaTypes.OCI_LAYER, diffId, tar.size());
    if (!blobs.retain(blob)) {
      try (BlobWriter writer = blobs.ingest(diffId)) {
        tar.writeTo(writer);
        writer.commit(blob);
      }
    }
    return blob;
  }

  private Descriptor make(Layer layer, CompressionOptions options, String made) throws IOException {
    try (Staged staged = storage.stage()) {
      Optional<KnownChunks> chunks = chunks(layer, options, made);
      // Closing the compressor must not close what it writes to: that would throw it away.
      DigestedOutput out = compressor(options, chunks).openDigested(new Unclosed(staged));
      try (out) {
        copy(layer.tar(), out);
      }
      Digest diffId = Digest.parse("sha256:" + out.uncompressed().sha256());
      if (!diffId.equals(layer.diffId())) {
        throw BlobMismatchException.digest("layer", layer.diffId(), diffId);
      }
      Digest digest = Digest.parse("sha256:" + out.compressed().sha256());
      Descriptor blob = Descriptor.of(mediaType(options), digest, out.compressed().size());
      blobs.publish(staged, digest, blob.size());
      records.add(diffId, new LayerRecords.Form(blob, made));
      if (chunks.isPresent()) {
        chunks.get().save(digest);
      }
      return blob;
    }
  }

  private Optional<KnownChunks> chunks(Layer layer, CompressionOptions options, String made)
      throws IOException {
    return options instanceof CompressionOptions.Gzip && layer.size() >= KnownChunks.MIN_LAYER_SIZE
        ? Optional.of(KnownChunks.load(storage, made))
        : Optional.empty();
  }

  private static Compressor compressor(CompressionOptions options, Optional<KnownChunks> chunks) {
    Compressor compressor = Compressor.of(options);
    return chunks.isPresent() ? compressor.withCache(chunks.get()) : compressor;
  }

  private static void copy(Content tar, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_SIZE, Math.max(tar.size(), 1))];
    try (InputStream in = tar.newInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
  }

  private static String mediaType(CompressionOptions options) {
    return options.compression() == Compression.ZSTD
        ? MediaTypes.OCI_LAYER_ZSTD
        : MediaTypes.OCI_LAYER_GZIP;
  }

  /** A stream that stays open. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }
}
