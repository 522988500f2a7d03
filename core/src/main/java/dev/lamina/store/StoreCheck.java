// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.error.LaminaException;
import dev.lamina.fs.Content;
import dev.lamina.layer.LayerIndex;
import dev.lamina.layer.LayerReader;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageReference;
import dev.lamina.store.CheckReport.Finding;
import dev.lamina.store.CheckReport.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a store from end to end: the bytes first, then what is noted of them, then the images. So
 * what is mended below is sound when that above is looked at. Used once.
 */
final class StoreCheck {
  private final Storage storage;
  private final Blobs blobs;
  private final ImageNames names;
  private final StoredImages images;
  private final StoredContainers containers;
  private final LayerRecords records;
  private final LayerFiles files;
  private final boolean repairing;
  private final List<Finding> findings = new ArrayList<>();
  private int blobCount;

  StoreCheck(
      Storage storage,
      Blobs blobs,
      ImageNames names,
      StoredImages images,
      StoredContainers containers,
      boolean repairing) {
    this.storage = storage;
    this.blobs = blobs;
    this.names = names;
    this.images = images;
    this.containers = containers;
    this.records = new LayerRecords(storage);
    this.files = new LayerFiles(storage);
    this.repairing = repairing;
  }

  CheckReport run() throws IOException {
    checkCopies();
    List<Digest> damaged = checkBlobs();
    checkRecords();
    for (Digest digest : damaged) {
      mend(digest);
    }
    checkIndexes();
    checkLayout();
    int imageCount = checkImages();
    checkContainers();
    return new CheckReport(blobCount, imageCount, findings);
  }

  private void found(Kind kind, String subject, String message) {
    findings.add(new Finding(kind, subject, message, repairing));
  }

  private void checkCopies() throws IOException {
    for (String name : storage.names(Area.TARS)) {
      Optional<Digest> diffId = Blobs.digest(name);
      if (diffId.isPresent()) {
        Digest found = digest(storage.find(Area.TARS, name), diffId.get());
        if (!found.equals(diffId.get())) {
          found(Kind.COPY, diffId.get().toString(), "expected its bytes, found those of " + found);
          delete(Area.TARS, name);
        }
      }
    }
  }

  /** Returns those that are damaged, and takes them out if it is to repair. */
  private List<Digest> checkBlobs() throws IOException {
    List<Digest> damaged = new ArrayList<>();
    for (Digest digest : blobs.digests()) {
      blobCount++;
      Digest found = digest(blobs.find(digest), digest);
      if (!found.equals(digest)) {
        damaged.add(digest);
        delete(Area.of(digest), digest.hex());
      }
    }
    return damaged;
  }

  private static Digest digest(Optional<Content> content, Digest like) throws IOException {
    if (content.isEmpty()) {
      return like; // deleted meanwhile by another process
    }
    return Digest.of(like.algorithm(), content.get());
  }

  /** Makes a damaged blob again if it is a layer's tar and the layer is there in another form. */
  private void mend(Digest digest) throws IOException {
    boolean made = false;
    if (repairing) {
      Optional<Content> copy = storage.find(Area.TARS, digest.hex());
      if (copy.isPresent()) {
        try (InputStream in = copy.get().newInputStream()) {
          made = remake(in, digest);
        }
      }
      for (LayerRecords.Form form : records.find(digest)) {
        Optional<Content> blob = blobs.find(form.blob().digest());
        if (!made && blob.isPresent()) {
          made = remake(blob.get(), form.blob().digest().algorithm(), digest);
        }
      }
    }
    String message =
        "expected its bytes, found others" + (repairing && !made ? "; it is taken out" : "");
    findings.add(new Finding(Kind.BLOB, digest.toString(), message, made));
  }

  /** Of a blob that is compressed, or the tar itself under a digest of another algorithm. */
  private boolean remake(Content blob, String algorithm, Digest digest) throws IOException {
    try (InputStream in = blob.newInputStream();
        BlobWriter writer = blobs.ingest(digest)) {
      SummedInputStream summed =
          new SummedInputStream(in, algorithm, Optional.empty(), Long.MAX_VALUE);
      LayerIngest.Result unused = LayerIngest.of(digest).read(summed, () -> writer);
      writer.commit(digest);
      return true;
    } catch (LaminaException e) {
      return false; // found by its own check
    }
  }

  private boolean remake(InputStream tar, Digest digest) throws IOException {
    try (BlobWriter writer = blobs.ingest(digest)) {
      tar.transferTo(writer);
      writer.commit(digest);
      return true;
    }
  }

  /** A blob noted as a layer must be that layer when it is decompressed. */
  private void checkRecords() throws IOException {
    for (String name : storage.names(Area.LAYERS)) {
      Optional<Digest> diffId = Blobs.digest(name);
      if (diffId.isEmpty()) {
        continue;
      }
      List<LayerRecords.Form> sound = new ArrayList<>();
      List<LayerRecords.Form> noted = records.find(diffId.get());
      for (LayerRecords.Form form : noted) {
        Optional<String> problem =
            ImageCheck.problem(blobs.find(form.blob().digest()), form.blob(), diffId.get());
        if (problem.isPresent()) {
          found(Kind.RECORD, form.blob().digest().toString(), problem.get());
        } else {
          sound.add(form);
        }
      }
      if (repairing && sound.size() < noted.size()) {
        records.put(diffId.get(), sound);
      }
    }
  }

  private void checkIndexes() throws IOException {
    Set<String> kept = new TreeSet<>(storage.names(Area.INDEXES));
    kept.addAll(storage.names(Area.TREES));
    for (String name : kept) {
      Optional<Digest> diffId = Blobs.digest(name);
      Optional<Content> tar = diffId.isPresent() ? files.tar(diffId.get()) : Optional.empty();
      if (tar.isPresent()) {
        checkIndexAndTree(diffId.get(), tar.get());
      } else if (diffId.isPresent()) {
        checkIndexAlone(diffId.get());
      }
    }
  }

  /** Both are compared with what one pass over the tar makes. */
  private void checkIndexAndTree(Digest diffId, Content tar) throws IOException {
    LayerIndex made;
    try {
      made = LayerReader.scan("layer", tar, LayerFiles.VERIFIED);
    } catch (LaminaException e) {
      return; // a tar that is damaged is found as a blob
    }
    Optional<Content> index = storage.find(Area.INDEXES, diffId.hex());
    if (index.isPresent() && !Arrays.equals(made.toBytes(), index.get().toByteArray())) {
      foundAnother(Area.INDEXES, diffId, "expected that of its tar");
    }
    Optional<Content> tree = storage.find(Area.TREES, diffId.hex());
    if (tree.isPresent() && !isTreeOf(made, tree.get())) {
      foundAnother(Area.TREES, diffId, "expected the tree of its tar");
    }
  }

  private static boolean isTreeOf(LayerIndex index, Content tree) throws IOException {
    MessageDigest hasher = Digest.hasher("sha256");
    index.writeTree(new DigestOutputStream(OutputStream.nullOutputStream(), hasher));
    return Digest.sha256(tree).equals(Digest.of(hasher.digest()));
  }

  private void checkIndexAlone(Digest diffId) throws IOException {
    Optional<Content> index = storage.find(Area.INDEXES, diffId.hex());
    if (index.isPresent() && LayerIndex.parse(index.get().toByteArray()).isEmpty()) {
      foundAnother(Area.INDEXES, diffId, "expected that of its tar");
    }
  }

  private void foundAnother(Area area, Digest diffId, String expected) throws IOException {
    found(Kind.INDEX, diffId.toString(), expected + ", found another");
    delete(area, diffId.hex());
  }

  private void checkLayout() throws IOException {
    Optional<String> problem = names.layoutProblem();
    if (problem.isPresent()) {
      found(Kind.LAYOUT, "oci-layout", problem.get());
      if (repairing) {
        names.repairLayout(images.list());
      }
    }
  }

  /** Returns how many were followed. */
  private int checkImages() throws IOException {
    ImageCheck imageCheck = new ImageCheck(blobs, records);
    Map<Digest, Descriptor> roots = new LinkedHashMap<>();
    Map<Digest, String> called = new LinkedHashMap<>();
    if (names.layoutProblem().isEmpty()) {
      for (Descriptor entry : names.entries()) {
        roots.putIfAbsent(entry.digest(), entry);
      }
      for (Map.Entry<ImageReference, Descriptor> name : names.list().entrySet()) {
        called.merge(name.getValue().digest(), name.getKey().familiar(), (a, b) -> a + ", " + b);
      }
    }
    for (Descriptor root : roots.values()) {
      String subject = called.getOrDefault(root.digest(), root.digest().toString());
      imageCheck
          .problem(root)
          .ifPresent(message -> findings.add(new Finding(Kind.IMAGE, subject, message, false)));
    }
    for (StoredImages.Noted noted : images.all()) {
      if (roots.putIfAbsent(noted.manifest().digest(), noted.manifest()) == null) {
        Optional<String> problem = imageCheck.problem(noted.manifest());
        if (problem.isPresent()) {
          found(Kind.IMAGE, noted.id().toString(), problem.get());
          if (repairing) {
            images.forget(noted.id(), noted.manifest().digest());
          }
        }
      }
    }
    return roots.size();
  }

  /** Nothing is mended here: what a container lacks is nowhere else. */
  private void checkContainers() throws IOException {
    ImageCheck imageCheck = new ImageCheck(blobs, records);
    for (StoredContainer container : containers.list()) {
      imageCheck
          .problem(container.image())
          .ifPresent(message -> missing(container, "its image: " + message));
      for (Digest layer : container.layers()) {
        if (files.tar(layer).isEmpty() && records.find(layer).isEmpty()) {
          missing(container, "layer " + layer + ": expected in the store, found nothing");
        }
      }
    }
  }

  private void missing(StoredContainer container, String message) {
    findings.add(new Finding(Kind.CONTAINER, container.name(), message, false));
  }

  private void delete(Area area, String name) throws IOException {
    if (repairing) {
      storage.delete(area, name);
    }
  }
}
