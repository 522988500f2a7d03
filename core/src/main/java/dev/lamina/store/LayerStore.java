// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.compress.CompressionException;
import dev.lamina.compress.CompressionOptions;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.layer.Layer;
import dev.lamina.layer.LayerFormatException;
import dev.lamina.layer.LayerIndex;
import dev.lamina.layer.LayerReader;
import dev.lamina.layer.LayerWriter;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.tar.TarOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The layers of a store, by diff ID. A layer made here is an uncompressed blob, whose digest is its
 * diff ID. One that came compressed is kept as it came, so that it leaves under the same digest,
 * with an uncompressed copy beside it that is read in place.
 *
 * <p>Thread-safe.
 */
public final class LayerStore {
  private final Storage storage;
  private final Blobs blobs;
  private final LayerFiles files;
  private final LayerRecords records;
  private final LayerForms forms;
  private final Map<Digest, WeakReference<Layer>> layers = new HashMap<>(); // guarded by itself
  private final Map<Digest, Object> openings = new ConcurrentHashMap<>();

  LayerStore(Storage storage, Blobs blobs) {
    this.storage = storage;
    this.blobs = blobs;
    this.files = new LayerFiles(storage);
    this.records = new LayerRecords(storage);
    this.forms = new LayerForms(storage, blobs, records);
  }

  /**
   * Writes changes as a layer: one pass over the contents to tar, digest, index and blob.
   *
   * @throws LayerFormatException if the changes hold what a layer can't
   */
  public Layer commit(Changes changes) throws IOException {
    return commit(changes, LayerWriter.Contents.PLAIN);
  }

  /**
   * Writes changes as a layer, as {@link #commit(Changes)} does.
   *
   * @param contents sees its files
   * @throws LayerFormatException if the changes hold what a layer can't
   */
  public Layer commit(Changes changes, LayerWriter.Contents contents) throws IOException {
    try (Staged staged = storage.stage()) {
      LayerWriter.Written written = LayerWriter.write(changes, contents, staged);
      files.putIndex(written.diffId(), written.index());
      blobs.publish(staged, written.diffId(), written.size());
      return require(written.diffId());
    }
  }

  /**
   * Takes a layer's blob in: one pass over its bytes to blob, digests, uncompressed copy and index.
   * The stream is read to its end, and not closed.
   *
   * @param blob the blob's bytes, compressed in any format or not
   * @param descriptor what the blob must be; its media type is what it will be offered under
   * @throws BlobMismatchException if it isn't what the descriptor says
   * @throws LayerFormatException if it isn't a sound layer
   * @throws CompressionException if it can't be decompressed
   */
  public Layer ingest(InputStream blob, Descriptor descriptor) throws IOException {
    return ingest(blob, descriptor, Optional.empty());
  }

  /**
   * Takes a layer's blob in as {@link #ingest(InputStream, Descriptor)} does, and checks its diff
   * ID too.
   *
   * @throws BlobMismatchException if blob or layer aren't what they must be
   */
  public Layer ingest(InputStream blob, Descriptor descriptor, Digest diffId) throws IOException {
    return ingest(blob, descriptor, Optional.of(diffId));
  }

  private Layer ingest(InputStream in, Descriptor descriptor, Optional<Digest> diffId)
      throws IOException {
    try (Staged blob = storage.stage();
        StagedLater tar = new StagedLater(storage)) {
      LayerIngest.Result result = read(in, descriptor, diffId, Optional.of(blob), tar);
      if (tar.isOpen()) {
        publishTar(tar, result.diffId());
      }
      files.putIndex(result.diffId(), result.index());
      blobs.publish(blob, descriptor.digest(), descriptor.size());
      records.add(result.diffId(), new LayerRecords.Form(plain(descriptor), LayerRecords.CAME));
      return require(result.diffId());
    }
  }

  /** Reads a blob and checks that it is what it must be. */
  private static LayerIngest.Result read(
      InputStream in,
      Descriptor descriptor,
      Optional<Digest> diffId,
      Optional<OutputStream> copy,
      LayerIngest.TarSink tar)
      throws IOException {
    String name = descriptor.digest().toString();
    SummedInputStream summed =
        new SummedInputStream(in, descriptor.digest().algorithm(), copy, descriptor.size());
    LayerIngest.Result result;
    try {
      String algorithm = diffId.map(Digest::algorithm).orElse("sha256");
      result = new LayerIngest(name, algorithm).read(summed, tar);
    } catch (CompressionException | LayerFormatException e) {
      try {
        requireSums(summed, descriptor);
      } catch (BlobMismatchException mismatch) {
        mismatch.addSuppressed(e);
        throw mismatch;
      }
      throw e;
    }
    requireSums(summed, descriptor);
    if (diffId.isPresent() && !diffId.get().equals(result.diffId())) {
      throw BlobMismatchException.digest(
          "layer " + name + " uncompressed", diffId.get(), result.diffId());
    }
    return result;
  }

  private static void requireSums(SummedInputStream summed, Descriptor descriptor)
      throws BlobMismatchException {
    String blob = "blob " + descriptor.digest();
    if (summed.size() > descriptor.size()) {
      throw BlobMismatchException.sizeAtLeast(blob, descriptor.size(), summed.size());
    }
    if (summed.size() < descriptor.size()) {
      throw BlobMismatchException.size(blob, descriptor.size(), summed.size());
    }
    Digest found = summed.digest();
    if (!found.equals(descriptor.digest())) {
      throw BlobMismatchException.digest("blob", descriptor.digest(), found);
    }
  }

  /** What another store may say of the blob beyond its bytes isn't part of the blob. */
  private static Descriptor plain(Descriptor blob) {
    return Descriptor.of(blob.mediaType(), blob.digest(), blob.size());
  }

  private void publishTar(StagedLater tar, Digest diffId) throws IOException {
    boolean known = storage.exclusively(() -> files.touch(diffId));
    if (!known) {
      tar.publish(Area.TARS, diffId.hex());
    }
  }

  /**
   * Takes in an uncompressed layer that nothing is known of, such as the tar of a root file system,
   * or of an archive without digests. The stream is read to its end, and not closed.
   *
   * @param what how the layer is called in exceptions
   * @throws LayerFormatException if it isn't a sound layer, or is truncated
   */
  public Layer ingestTar(InputStream tar, String what) throws IOException {
    try (Staged blob = storage.stage()) {
      SummedInputStream summed =
          new SummedInputStream(tar, "sha256", Optional.of(blob), Long.MAX_VALUE);
      LayerIndex index = LayerReader.scan(what, summed, TarOptions.DEFAULT);
      Digest diffId = summed.digest();
      files.putIndex(diffId, index);
      blobs.publish(blob, diffId, summed.size());
      return require(diffId);
    }
  }

  /** Returns a layer if the store has it. */
  public Optional<Layer> find(Digest diffId) throws IOException {
    Optional<Content> tar = files.tar(diffId);
    if (tar.isPresent()) {
      return Optional.of(layer(diffId, tar.get()));
    }
    for (LayerRecords.Form form : records.find(diffId)) {
      if (blobs.contains(form.blob().digest())) {
        return Optional.of(decompress(form.blob(), diffId));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a layer.
   *
   * @throws BlobNotFoundException if the store doesn't have it
   */
  public Layer require(Digest diffId) throws IOException {
    Optional<Layer> layer = find(diffId);
    if (layer.isEmpty()) {
      throw new BlobNotFoundException("layer", diffId);
    }
    return layer.get();
  }

  /**
   * Returns whether the store has some layers, which every open {@link Lease} protects from then on
   * as if they had just come in. If one isn't there, others may be protected all the same.
   *
   * @param wanted the diff ID of each, or the digest of a blob that it came as, which will do for
   *     one that hasn't been opened
   */
  public boolean retain(Collection<Digest> wanted) throws IOException {
    return forms.retain(wanted);
  }

  /** Returns a layer's uncompressed bytes if the store has them. */
  public Optional<Content> tar(Digest diffId) throws IOException {
    return files.tar(diffId);
  }

  private Layer layer(Digest diffId, Content tar) {
    synchronized (layers) {
      WeakReference<Layer> reference = layers.get(diffId);
      Layer known = reference == null ? null : reference.get();
      if (known == null || known.size() != tar.size()) {
        layers.values().removeIf(each -> each.get() == null);
        known = files.layer(diffId, tar);
        layers.put(diffId, new WeakReference<>(known));
      }
      return known;
    }
  }

  /**
   * Returns a layer whose blob is in the store, and which an image names. If the blob hasn't been
   * opened yet, that happens when the layer is first read: its uncompressed copy and index are made
   * then, and a {@link BlobMismatchException} says so if blob and diff ID don't belong together.
   *
   * @throws BlobNotFoundException if the blob isn't in the store
   * @throws BlobMismatchException if the blob has another size than the descriptor says
   */
  public Layer named(Descriptor blob, Digest diffId) throws IOException {
    Content unused = requireThere(blob);
    Optional<Content> tar = files.tar(diffId);
    return tar.isPresent() && isKnown(blob, diffId)
        ? layer(diffId, tar.get())
        : Layer.unopened(diffId, blob.size(), () -> open(blob, diffId));
  }

  /**
   * Returns the same layer opened: from its uncompressed copy if there is one, else by making that.
   *
   * @throws BlobNotFoundException if the blob isn't in the store
   * @throws BlobMismatchException if the blob isn't what image and descriptor say
   * @throws LayerFormatException if it isn't a sound layer
   * @throws CompressionException if it can't be decompressed
   */
  public Layer open(Descriptor blob, Digest diffId) throws IOException {
    synchronized (openings.computeIfAbsent(diffId, each -> new Object())) {
      Content content = requireThere(blob);
      Optional<Content> tar = files.tar(diffId);
      if (tar.isEmpty()) {
        return decompress(blob, diffId);
      }
      if (!isKnown(blob, diffId)) {
        // That the two belong together is only what the image says, until it has been seen.
        verify(blob, content, diffId);
      }
      return layer(diffId, tar.get());
    }
  }

  private Content requireThere(Descriptor blob) throws IOException {
    Content content = blobs.require(blob.digest());
    if (content.size() != blob.size()) {
      throw BlobMismatchException.size("blob " + blob.digest(), blob.size(), content.size());
    }
    return content;
  }

  private boolean isKnown(Descriptor blob, Digest diffId) throws IOException {
    return blob.digest().equals(diffId)
        || records.find(diffId).stream()
            .anyMatch(form -> form.blob().digest().equals(blob.digest()));
  }

  private void verify(Descriptor blob, Content content, Digest diffId) throws IOException {
    try (InputStream in = content.newInputStream()) {
      LayerIngest.Result result =
          read(in, blob, Optional.of(diffId), Optional.empty(), OutputStream::nullOutputStream);
      records.add(result.diffId(), new LayerRecords.Form(plain(blob), LayerRecords.CAME));
    }
  }

  private Layer decompress(Descriptor blob, Digest diffId) throws IOException {
    try (InputStream in = blobs.require(blob.digest()).newInputStream();
        StagedLater tar = new StagedLater(storage)) {
      LayerIngest.Result result = read(in, blob, Optional.of(diffId), Optional.empty(), tar);
      if (tar.isOpen()) {
        publishTar(tar, diffId);
      }
      files.putIndex(diffId, result.index());
      records.add(diffId, new LayerRecords.Form(plain(blob), LayerRecords.CAME));
    }
    return layer(diffId, files.tar(diffId).orElseThrow());
  }

  /**
   * Returns the blobs in the store that hold a layer: those it came as, then the tar itself if it
   * is a blob, then those made of it. The first is the one it is offered under by default. A layer
   * that hasn't been opened is opened, so that what is offered has been seen to be the layer.
   */
  public List<Descriptor> blobs(Layer layer) throws IOException {
    long size = layer.tar().size();
    List<Descriptor> came = new ArrayList<>();
    List<Descriptor> made = new ArrayList<>();
    for (LayerRecords.Form form : records.find(layer.diffId())) {
      if (blobs.contains(form.blob().digest())) {
        (form.made().equals(LayerRecords.CAME) ? came : made).add(form.blob());
      }
    }
    Descriptor tar = Descriptor.of(MediaTypes.OCI_LAYER, layer.diffId(), size);
    boolean listed = came.stream().anyMatch(blob -> blob.digest().equals(layer.diffId()));
    if (!listed && blobs.contains(layer.diffId())) {
      came.add(tar);
    }
    came.addAll(made);
    return List.copyOf(came);
  }

  /**
   * Returns a layer's blob in a format: one the store has, or one made now, once for each layer and
   * format, and remembered.
   *
   * @param options {@link CompressionOptions#none()} for the tar itself
   */
  public Descriptor blob(Layer layer, CompressionOptions options) throws IOException {
    return forms.blob(layer, options);
  }
}
