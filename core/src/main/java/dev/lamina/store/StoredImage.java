// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import dev.lamina.fs.FileTree;
import dev.lamina.layer.Layer;
import dev.lamina.oci.Descriptor;
import dev.lamina.oci.Digest;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Manifest;
import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;

/**
 * An image of a store: manifest, configuration and layers, all of them there. An image is its
 * manifest: two with the same are equal.
 *
 * <p>Immutable and thread-safe; usable as long as its store is open.
 */
public final class StoredImage {
  private final Descriptor manifestDescriptor;
  private final Manifest manifest;
  private final ImageConfig config;
  private final List<Layer> layers;
  private final TreeCache trees;

  StoredImage(
      Descriptor manifestDescriptor,
      Manifest manifest,
      ImageConfig config,
      List<Layer> layers,
      TreeCache trees) {
    this.manifestDescriptor = manifestDescriptor;
    this.manifest = manifest;
    this.config = config;
    this.layers = List.copyOf(layers);
    this.trees = trees;
  }

  /** Returns the image's ID: the digest of its configuration. */
  public Digest id() {
    return config.digest();
  }

  /** Returns the manifest's descriptor. */
  public Descriptor manifestDescriptor() {
    return manifestDescriptor;
  }

  /** Returns the manifest. */
  public Manifest manifest() {
    return manifest;
  }

  /** Returns the configuration. */
  public ImageConfig config() {
    return config;
  }

  /** Returns the layers, the lowest first. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * Returns the files: all layers laid over each other. Images with the same layers share the tree,
   * and those with the same lower layers share what these made.
   */
  public FileTree tree() throws IOException {
    return trees.tree(layers);
  }

  /**
   * Returns the files of the lowest layers, shared as by {@link #tree()}.
   *
   * @param count how many layers, from 0 on
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public FileTree tree(int count) throws IOException {
    return trees.tree(layers.subList(0, count));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredImage image
        && manifestDescriptor.digest().equals(image.manifestDescriptor.digest());
  }

  @Override
  public int hashCode() {
    return manifestDescriptor.digest().hashCode();
  }

  /** Returns the image's ID. */
  @Override
  public String toString() {
    return id().toString();
  }
}
