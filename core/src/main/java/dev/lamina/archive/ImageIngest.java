// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageDocument;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.Manifest;
import dev.lamina.oci.MediaTypes;
import dev.lamina.store.BlobMismatchException;
import dev.lamina.store.BlobWriter;
import dev.lamina.store.LocalStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes an image, or an index with all that is below it, from a source into a store. The documents
 * are read and checked first, then the blobs are taken in one by one; each is checked against the
 * digest that names it, and each layer against its diff ID. What isn't an image (attestations,
 * charts, anything an index may name) is taken in as it is.
 *
 * <p>The caller holds a lease on the store. For one thread; the jobs may be run in several.
 */
public final class ImageIngest {
  private static final int MAX_DOCUMENT = 4 << 20;
  private static final int MAX_CONFIG = 8 << 20;
  private static final int MAX_DEPTH = 8;
  private static final long MAX_DOCUMENT_BYTES = 64L << 20;

  private final LocalStore store;
  private final BlobSource source;
  private final boolean openLater;
  private final Map<Digest, byte[]> documents = new LinkedHashMap<>();
  private final Map<Digest, Job> jobs = new LinkedHashMap<>();
  private final List<Digest> manifests = new ArrayList<>();
  private long documentBytes;

  /** Takes one blob in. */
  public interface Job {
    /** Returns the blob. */
    Descriptor blob();

    /** Takes the blob in, unless the store has it. */
    void run() throws IOException;
  }

  /** Opens a part of an image. */
  private interface Opener {
    InputStream open(Descriptor blob) throws IOException;
  }

  private ImageIngest(LocalStore store, BlobSource source, boolean openLater) {
    this.store = store;
    this.source = source;
    this.openLater = openLater;
  }

  /** Returns an ingest that has read nothing yet. */
  public static ImageIngest of(LocalStore store, BlobSource source) {
    return new ImageIngest(store, source, false);
  }

  /**
   * Returns an ingest that takes layers in as they are, checked against the digests that name them:
   * what their diff IDs say is checked when they are first read. It has read nothing yet.
   */
  public static ImageIngest openingLater(LocalStore store, BlobSource source) {
    return new ImageIngest(store, source, true);
  }

  /**
   * Takes everything below {@code root} in, one blob after another.
   *
   * @param repository which it is from, if it is one
   */
  public static void all(
      LocalStore store, BlobSource source, Descriptor root, Optional<String> repository)
      throws IOException {
    ImageIngest ingest = of(store, source);
    ingest.readDocuments(root);
    for (Job job : ingest.jobs()) {
      job.run();
    }
    ingest.writeDocuments(root, repository);
  }

  /** Reads the manifest or index, and all that it names. */
  public void readDocuments(Descriptor root) throws IOException {
    readDocuments(root, 0);
  }

  /** Returns what else has to be taken in, each blob once. */
  public List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  /** Writes the documents, those first that others name, and notes that they are from outside. */
  public void writeDocuments(Descriptor root, Optional<String> repository) throws IOException {
    List<Map.Entry<Digest, byte[]>> reversed = new ArrayList<>(documents.entrySet());
    for (int i = reversed.size() - 1; i >= 0; i--) {
      try (BlobWriter writer = store.blobs().ingest(reversed.get(i).getKey())) {
        writer.write(reversed.get(i).getValue());
        writer.commit(reversed.get(i).getKey());
      }
    }
    Origins origins = Origins.of(store);
    for (Digest manifest : manifests) {
      origins.add(manifest, Optional.empty());
    }
    origins.add(root.digest(), repository);
  }

  private void readDocuments(Descriptor descriptor, int depth) throws IOException {
    if (documents.containsKey(descriptor.digest())) {
      return;
    }
    if (depth > MAX_DEPTH) {
      throw new InvalidImageException(
          descriptor.digest() + ": expected at most " + MAX_DEPTH + " indexes in each other");
    }
    String type = descriptor.mediaType();
    boolean known = type.isEmpty() || MediaTypes.isManifest(type) || MediaTypes.isIndex(type);
    if (!known) {
      jobs.putIfAbsent(descriptor.digest(), new RawJob(descriptor, source::openManifest));
      return;
    }
    byte[] raw = read(descriptor, MAX_DOCUMENT, source::openManifest);
    ImageDocument document = ImageDocument.parse(raw, type);
    documents.put(descriptor.digest(), raw);
    manifests.add(descriptor.digest());
    if (document instanceof ImageIndex index) {
      for (Descriptor child : index.manifests()) {
        if (source.has(child)) {
          readDocuments(child, depth + 1);
        }
      }
    } else if (document instanceof Manifest manifest) {
      readManifest(descriptor, manifest);
    }
  }

  private void readManifest(Descriptor descriptor, Manifest manifest) throws IOException {
    if (!manifest.isImage()) {
      addRaw(manifest.config());
      manifest.layers().forEach(this::addRaw);
      return;
    }
    byte[] raw = read(manifest.config(), MAX_CONFIG, source::open);
    ImageConfig config = ImageConfig.parse(raw);
    if (config.diffIds().size() != manifest.layers().size()) {
      throw new InvalidImageException(
          "manifest "
              + descriptor.digest()
              + ": expected as many layers as the configuration has"
              + " diff IDs, "
              + config.diffIds().size()
              + ", found "
              + manifest.layers().size());
    }
    documents.put(manifest.config().digest(), raw);
    for (int i = 0; i < manifest.layers().size(); i++) {
      Descriptor layer = manifest.layers().get(i);
      if (!MediaTypes.isForeignLayer(layer.mediaType()) || source.hasBlob(layer)) {
        addLayer(layer, config.diffIds().get(i));
      }
    }
  }

  private byte[] read(Descriptor descriptor, int maxBytes, Opener opener) throws IOException {
    if (descriptor.size() > maxBytes) {
      throw new InvalidImageException(
          descriptor.digest()
              + ": expected a document of at most "
              + maxBytes
              + " bytes, found "
              + descriptor.size());
    }
    documentBytes += descriptor.size();
    if (documentBytes > MAX_DOCUMENT_BYTES) {
      throw new InvalidImageException(
          descriptor.digest() + ": expected at most 64 MiB of documents in one image");
    }
    byte[] bytes;
    try (InputStream in = opener.open(descriptor)) {
      bytes = in.readNBytes((int) descriptor.size() + 1);
    }
    if (bytes.length != descriptor.size()) {
      throw BlobMismatchException.size(
          "blob " + descriptor.digest(), descriptor.size(), bytes.length);
    }
    Digest found = Digest.of(descriptor.digest().newHasher().digest(bytes));
    if (!found.equals(descriptor.digest())) {
      throw BlobMismatchException.digest("blob", descriptor.digest(), found);
    }
    return bytes;
  }

  private void addRaw(Descriptor blob) {
    jobs.putIfAbsent(blob.digest(), new RawJob(blob, source::open));
  }

  private void addLayer(Descriptor blob, Digest diffId) {
    jobs.put(
        blob.digest(), openLater ? new RawJob(blob, source::open) : new LayerJob(blob, diffId));
  }

  /** A blob that is kept as it is. */
  private final class RawJob implements Job {
    private final Descriptor blob;
    private final Opener opener;

    RawJob(Descriptor blob, Opener opener) {
      this.blob = blob;
      this.opener = opener;
    }

    @Override
    public Descriptor blob() {
      return blob;
    }

    @Override
    public void run() throws IOException {
      if (!store.blobs().retain(blob)) {
        try (InputStream in = opener.open(blob);
            BlobWriter writer = store.blobs().ingest(blob.digest())) {
          Transfers.copy(in, writer, blob);
          writer.commit(blob);
        }
      }
    }
  }

  /** A layer, indexed as it comes, or as it is read if its blob is there already. */
  private final class LayerJob implements Job {
    private final Descriptor blob;
    private final Digest diffId;

    LayerJob(Descriptor blob, Digest diffId) {
      this.blob = blob;
      this.diffId = diffId;
    }

    @Override
    public Descriptor blob() {
      return blob;
    }

    @Override
    public void run() throws IOException {
      if (store.blobs().retain(blob)) {
        Layer unused = store.layers().open(blob, diffId);
        return;
      }
      try (InputStream in = source.open(blob)) {
        Layer unused = store.layers().ingest(in, blob, diffId);
      }
    }
  }
}
