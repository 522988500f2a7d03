// SPDX-License-Identifier: Apache-2.0
package dev.lamina.registry;

import dev.lamina.archive.BlobSource;
import dev.lamina.archive.ImageIngest;
import dev.lamina.archive.NamedImage;
import dev.lamina.archive.Origins;
import dev.lamina.event.TransferEvent;
import dev.lamina.event.TransferListener;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageDocument;
import dev.lamina.oci.ImageIndex;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.InvalidImageException;
import dev.lamina.oci.MediaTypes;
import dev.lamina.oci.Platform;
import dev.lamina.store.Lease;
import dev.lamina.store.LocalStore;
import dev.lamina.task.Parallel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings images from registries into a store: several layers at once, each indexed while it comes,
 * those that are there already not at all.
 *
 * <pre>{@code
 * ImagePull pull = ImagePull.into(store, RegistryClient.of(RegistryOptions.DEFAULT));
 * NamedImage debian = pull.platform(ImageReference.parse("debian:bookworm"), Platform.host());
 * }</pre>
 *
 * <p>All or nothing: the name is given when everything is there and checked. Thread-safe.
 */
public final class ImagePull {
  private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+";

  private final LocalStore store;
  private final RegistryClient client;
  private final TransferListener listener;
  private final boolean openLater;

  private ImagePull(
      LocalStore store, RegistryClient client, TransferListener listener, boolean openLater) {
    this.store = store;
    this.client = client;
    this.listener = listener;
    this.openLater = openLater;
  }

  /** Returns what pulls into a store. */
  public static ImagePull into(LocalStore store, RegistryClient client) {
    return new ImagePull(store, client, TransferListener.none(), false);
  }

  /** Returns this with somebody who hears what moves, in place of whoever heard it before. */
  public ImagePull withListener(TransferListener newListener) {
    return new ImagePull(store, client, newListener, openLater);
  }

  /**
   * Returns this for layers that are stored as they come: each is checked against the digest of its
   * blob, and against its diff ID when it is first read, which makes it readable too. Pushing and
   * writing it to an OCI layout read nothing of it.
   */
  public ImagePull openingLater() {
    return new ImagePull(store, client, listener, true);
  }

  /**
   * Pulls the image for a platform: of an index the manifest that suits it best, else the manifest
   * itself, whatever it is for.
   *
   * @param reference with a tag, a digest, or both, and then the digest counts and the tag is the
   *     name it gets
   * @throws RegistryException if there is no such image
   * @throws InvalidImageException if an index has nothing for the platform, or a document isn't
   *     sound
   */
  public NamedImage platform(ImageReference reference, Platform platform) throws IOException {
    RegistryClient.Document root = client.manifest(reference);
    ImageDocument document = ImageDocument.parse(root.raw(), root.descriptor().mediaType());
    if (!(document instanceof ImageIndex index)) {
      return pull(reference, root, typed(root, document));
    }
    Descriptor wanted = typed(root, document);
    for (int depth = 0; depth < 8; depth++) {
      Optional<Descriptor> selected = index.select(platform);
      if (selected.isEmpty()) {
        throw new InvalidImageException(
            reference.familiar()
                + ": expected an image for "
                + platform
                + ", found "
                + platforms(index));
      }
      wanted = selected.get();
      if (!MediaTypes.isIndex(wanted.mediaType())) {
        return pull(reference, root, plain(wanted));
      }
      RegistryClient.Document next = client.manifest(reference.withDigest(wanted.digest()));
      index = ImageIndex.parse(next.raw(), wanted.mediaType());
    }
    throw new InvalidImageException(
        reference.familiar() + ": expected an image for " + platform + ", found indexes only");
  }

  /**
   * Pulls everything that a reference stands for: a manifest, or an index with the images for all
   * platforms and what else it names.
   */
  public NamedImage everything(ImageReference reference) throws IOException {
    RegistryClient.Document root = client.manifest(reference);
    if (!isKnown(root.descriptor().mediaType())) {
      return pull(reference, root, root.descriptor());
    }
    ImageDocument document = ImageDocument.parse(root.raw(), root.descriptor().mediaType());
    return pull(reference, root, typed(root, document));
  }

  private NamedImage pull(ImageReference reference, RegistryClient.Document root, Descriptor wanted)
      throws IOException {
    Lease lease = store.lease();
    try {
      Source source = new Source(reference, root);
      ImageIngest ingest =
          openLater ? ImageIngest.openingLater(store, source) : ImageIngest.of(store, source);
      ingest.readDocuments(wanted);
      List<ImageIngest.Job> jobs = ingest.jobs();
      Parallel.run(
          jobs.stream().map(job -> (Parallel.Task) () -> source.run(job)).toList(),
          client.options().parallelism());
      ingest.writeDocuments(wanted, Optional.of(reference.name()));
      note(reference, root, jobs);
      Optional<ImageReference> name = reference.tag().map(reference::withTag);
      if (name.isPresent()) {
        store.names().tag(name.get(), wanted);
      }
      return new NamedImage(wanted, name.map(List::of).orElse(List.of()));
    } finally {
      lease.close();
    }
  }

  /** Notes where the index is, and the layers, so that they can be mounted from there. */
  private void note(
      ImageReference reference, RegistryClient.Document root, List<ImageIngest.Job> jobs)
      throws IOException {
    Origins origins = Origins.of(store);
    origins.add(root.descriptor().digest(), Optional.of(reference.name()));
    for (ImageIngest.Job job : jobs) {
      origins.add(job.blob().digest(), Optional.of(reference.name()));
    }
  }

  /** The type that the document itself has, if the registry doesn't say. */
  private static Descriptor typed(RegistryClient.Document root, ImageDocument document) {
    return root.descriptor().withMediaType(document.mediaType());
  }

  private static Descriptor plain(Descriptor named) {
    return Descriptor.of(named.mediaType(), named.digest(), named.size());
  }

  /** Returns whether something is read; Docker's schema 1 is, so that it is refused by its name. */
  private static boolean isKnown(String mediaType) {
    return mediaType.isEmpty()
        || MediaTypes.isManifest(mediaType)
        || MediaTypes.isIndex(mediaType)
        || mediaType.startsWith(SCHEMA_1);
  }

  private static String platforms(ImageIndex index) {
    List<String> names =
        index.manifests().stream()
            .flatMap(manifest -> manifest.platform().stream())
            .filter(platform -> !platform.os().equals("unknown"))
            .map(Platform::toString)
            .sorted()
            .distinct()
            .toList();
    return names.isEmpty() ? "none for any" : "those for " + String.join(", ", names);
  }

  /** The parts of an image in its repository. */
  private final class Source implements BlobSource {
    private final ImageReference repository;
    private final Map<Digest, byte[]> fetched = new HashMap<>();
    private final Progress progress = new Progress(listener);
    private final Map<Digest, Progress.Of> moving = new ConcurrentHashMap<>();

    Source(ImageReference repository, RegistryClient.Document root) {
      this.repository = repository;
      fetched.put(root.descriptor().digest(), root.raw());
    }

    void run(ImageIngest.Job job) throws IOException {
      Progress.Of blob = progress.of(job.blob());
      moving.put(job.blob().digest(), blob);
      job.run();
      if (blob.isStarted()) {
        blob.done();
      } else {
        blob.present(TransferEvent.Kind.PRESENT);
      }
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
      InputStream in = client.openBlob(repository, blob);
      Progress.Of known = moving.get(blob.digest());
      return known == null ? in : known.noting(in);
    }

    @Override
    public InputStream openManifest(Descriptor manifest) throws IOException {
      byte[] known = fetched.get(manifest.digest());
      return new ByteArrayInputStream(
          known != null ? known : client.manifest(repository.withDigest(manifest.digest())).raw());
    }

    @Override
    public boolean hasBlob(Descriptor blob) throws IOException {
      return client.hasBlob(repository, blob);
    }

    @Override
    public boolean has(Descriptor manifest) throws IOException {
      return client.head(repository.withDigest(manifest.digest())).isPresent();
    }
  }
}
