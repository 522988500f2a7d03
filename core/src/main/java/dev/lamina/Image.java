// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lamina.archive.ImageSink;
import dev.lamina.archive.NamedImage;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.TreePath;
import dev.lamina.insight.Blame;
import dev.lamina.insight.ImageReport;
import dev.lamina.insight.Secret;
import dev.lamina.insight.SecretRule;
import dev.lamina.insight.SecretScan;
import dev.lamina.insight.Step;
import dev.lamina.insight.Timeline;
import dev.lamina.insight.TreeSearch;
import dev.lamina.layer.Layer;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.ImageReference;
import dev.lamina.oci.Manifest;
import dev.lamina.sbom.Sbom;
import dev.lamina.spi.RunEngine;
import dev.lamina.store.LocalStore;
import dev.lamina.store.StoredImage;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.annotation.Nullable;

/**
 * An image in a store: its files, layer over layer, and how it is run.
 *
 * <pre>{@code
 * Image image = store.image("debian:bookworm");
 * try (FileSystem fs = image.fileSystem()) {
 *   System.out.println(Files.readString(fs.getPath("/etc/os-release")));
 * }
 * image.history().forEach(step -> System.out.println(step.size() + " " + step.instruction()));
 * image.writeTo(DockerArchive.at(Path.of("debian.tar")));
 * }</pre>
 *
 * <p>An image never changes: what "changes" one gives another. Two images with the same manifest
 * are equal, whatever they are called. Immutable and thread-safe; usable while its store is open.
 */
public final class Image {
  private final LocalStore store;
  private final StoredImage stored;
  private final Optional<ImageReference> reference;

  Image(LocalStore store, StoredImage stored, Optional<ImageReference> reference) {
    this.store = store;
    this.stored = stored;
    this.reference = reference;
  }

  /** Returns the image's ID: the digest of its configuration. */
  public Digest id() {
    return stored.id();
  }

  /** Returns the name under which this was looked up, built or tagged, if there was one. */
  public Optional<ImageReference> reference() {
    return reference;
  }

  /** Returns the configuration: platform, how containers are run, history. */
  public ImageConfig config() {
    return stored.config();
  }

  /** Returns the manifest: what the parts are called in a registry. */
  public Manifest manifest() {
    return stored.manifest();
  }

  /** Returns the layers, the lowest first. */
  public List<Layer> layers() {
    return stored.layers();
  }

  /** Returns the steps the image was made in, the first first, each with the files after it. */
  public List<Step> history() {
    return timeline().steps();
  }

  /**
   * Returns one step of the history, with the files as they were after it.
   *
   * @param step from 1 on; 0 is before the first, without any file
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public Step at(int step) {
    return timeline().at(step);
  }

  /** Returns every step that touched a path, see {@link Timeline#blame}. */
  public Blame blame(String path) throws IOException {
    return timeline().blame(TreePath.of(path));
  }

  /** Returns what has a path that matches, such as {@code *.jar}; see {@link TreeSearch}. */
  public List<TreeSearch.Found> find(String glob) throws IOException {
    return TreeSearch.in(tree()).find(glob);
  }

  /** Returns the lines of all text files in which a pattern is found; see {@link TreeSearch}. */
  public List<TreeSearch.Match> grep(Pattern pattern) throws IOException {
    return TreeSearch.in(tree()).grep(pattern);
  }

  /** Returns what the image consists of and what it wastes: as text, JSON or a page. */
  public ImageReport report() throws IOException {
    String name = reference.map(ImageReference::familiar).orElse(id().shortHex());
    return ImageReport.of(name, timeline());
  }

  /**
   * Returns what looks like a secret, in any layer, the environment, labels, commands or history;
   * see {@link SecretScan}.
   */
  public List<Secret> secrets() throws IOException {
    return secrets(SecretRule.known());
  }

  /** Returns what looks like a secret by these rules; see {@link SecretScan}. */
  public List<Secret> secrets(List<SecretRule> rules) throws IOException {
    return SecretScan.scan(timeline(), rules);
  }

  /** Returns what software the image consists of, as far as package managers left word of it. */
  public Sbom sbom() throws IOException {
    return sbom(manifest().digest());
  }

  /** Returns the same for the image as it is elsewhere, under another manifest. */
  Sbom sbom(Digest manifest) throws IOException {
    String name = reference.map(ImageReference::familiar).orElse(id().shortHex());
    return Sbom.of(name, manifest, config().created().orElse(Instant.EPOCH), tree());
  }

  /**
   * Returns the size of all layers in bytes, uncompressed; of one that hasn't been read since it
   * was pulled to be {@linkplain Pull#openingLater opened later}, of its blob.
   */
  public long size() {
    return layers().stream().mapToLong(Layer::size).sum();
  }

  /** Returns the files: all layers laid over each other. */
  public FileTree tree() throws IOException {
    return stored.tree();
  }

  /**
   * Returns the files as a file system that can't be written to: what tries gets a {@link
   * java.nio.file.ReadOnlyFileSystemException}. To change files, take a {@link #newContainer()}.
   */
  public FileSystem fileSystem() throws IOException {
    return OverlayFileSystem.readOnly(tree());
  }

  /** Returns a container of the image: the same files, with a writable layer of its own. */
  public Container newContainer() throws IOException {
    return Container.of(this, Optional.empty());
  }

  /** Returns a container of the image whose processes run by the given engine. */
  public Container newContainer(RunEngine engine) throws IOException {
    return Container.of(this, Optional.of(engine));
  }

  /**
   * Runs the image in a container of its own, which is gone afterwards, as {@code docker run --rm}
   * does: its entrypoint with these arguments, or without any with its default ones.
   *
   * @throws dev.lamina.run.NoRunEngineException if nothing on this host can run processes
   */
  @CanIgnoreReturnValue
  public ExecResult run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(config().config().entrypoint());
    command.addAll(arguments.length == 0 ? config().config().cmd() : List.of(arguments));
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "command: expected one in the image or as arguments, found neither");
    }
    try (Container box = newContainer()) {
      return box.exec(command.toArray(new String[0]));
    }
  }

  /** Writes the image, under the name it has here, to an archive or a layout. */
  public void writeTo(ImageSink sink) throws IOException {
    sink.write(
        store,
        List.of(
            new NamedImage(
                stored.manifestDescriptor(), reference.map(List::of).orElse(List.of()))));
  }

  /**
   * Returns this image run in another way. Its files, history and annotations are the same; it has
   * no name yet.
   *
   * <pre>{@code
   * Image quiet = app.withConfig(config -> config.withEnv("LEVEL", "warn")).tag("shop/app:quiet");
   * }</pre>
   */
  public Image withConfig(UnaryOperator<ContainerConfig> change) throws IOException {
    return edited(edits().config(config().withConfig(change.apply(config().config()))));
  }

  /**
   * Returns this image with one layer more on top.
   *
   * @param changes what the layer does to the files
   * @param createdBy the step's text in the history
   */
  public Image withLayer(Changes changes, String createdBy) throws IOException {
    return edited(
        edits().layer(changes, new HistoryEntry(config().created(), createdBy, "", "", false)));
  }

  /**
   * Returns this image without a layer and the step that made it. What the layers above it say of
   * files that it brought stays said.
   *
   * @param layer one of {@link #layers()}; of equals the topmost
   * @throws IllegalArgumentException if it is none of them
   */
  public Image withoutLayer(Layer layer) throws IOException {
    return edited(edits().without(layer));
  }

  /** Returns this image with these annotations on its manifest in place of its own. */
  public Image withAnnotations(Map<String, String> annotations) throws IOException {
    return edited(edits().annotations(annotations));
  }

  /** Returns this image with one annotation more on its manifest, or another value for it. */
  public Image withAnnotation(String name, String value) throws IOException {
    Map<String, String> more = new LinkedHashMap<>(manifest().annotations());
    more.put(name, value);
    return withAnnotations(more);
  }

  /**
   * Returns this image with all layers made one, which has what they had together. The steps stay
   * in the history, as those of {@code docker build --squash} do.
   */
  public Image squash() throws IOException {
    return edited(edits().squash(0));
  }

  /**
   * Returns this image with the layers above a base made one. Of the files only those are looked at
   * that the layers changed.
   *
   * @param base whose layers this image's begin with
   * @throws dev.lamina.error.LaminaException if they don't
   */
  public Image squash(Image base) throws IOException {
    return edited(edits().squash(edits().layersOf(base.stored)));
  }

  /** Returns this image as one layer made in one step, run in the same way. */
  public Image flatten() throws IOException {
    return edited(edits().flatten());
  }

  /**
   * Returns this image on another base: its own layers, as they are, above those of the new one,
   * run in the same way. Nothing is built again, so it is right only where the bases are alike,
   * such as two patch levels of one distribution.
   *
   * @param oldBase whose layers this image's begin with
   * @param newBase of this store and for the same platform
   * @throws dev.lamina.error.LaminaException if either isn't so
   */
  public Image rebase(Image oldBase, Image newBase) throws IOException {
    return edited(edits().rebase(oldBase.stored, newBase.stored));
  }

  private ImageEdits edits() {
    return new ImageEdits(store, stored);
  }

  private Image edited(StoredImage edit) {
    return new Image(store, edit, Optional.empty());
  }

  /**
   * Gives the image a name in its store, taking it from the image that had it.
   *
   * @param name such as {@code shop/app:1.4}; without a tag it gets {@code latest}
   * @return this image under the name
   */
  @CanIgnoreReturnValue
  public Image tag(String name) throws IOException {
    ImageReference tagged = ImageReference.parse(name);
    store.names().tag(tagged, stored.manifestDescriptor());
    return new Image(store, stored, Optional.of(tagged));
  }

  Timeline timeline() {
    return Timeline.of(stored);
  }

  LocalStore store() {
    return store;
  }

  StoredImage stored() {
    return stored;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Image image && stored.equals(image.stored);
  }

  @Override
  public int hashCode() {
    return stored.hashCode();
  }

  /** Returns the name, if there is one, and the ID. */
  @Override
  public String toString() {
    return reference.map(r -> r.familiar() + " ").orElse("") + id();
  }
}
