// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.oci.ContainerConfig;
import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import dev.lamina.oci.ImageConfig;
import dev.lamina.oci.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Images as data: a step, what it puts, the next step. */
final class Layers {
  static final Instant TIME = Instant.parse("2024-02-02T02:02:02Z");

  private final List<HistoryEntry> history = new ArrayList<>();
  private final List<LayerSource> layers = new ArrayList<>();
  private ContainerConfig config = ContainerConfig.EMPTY;

  /** A layer whose size is 512 for each entry and its bytes. */
  private record Source(Digest diffId, long size, Changes changes) implements LayerSource {}

  static Layers image() {
    return new Layers();
  }

  Layers step(String createdBy, Change... changes) {
    history.add(HistoryEntry.layer(TIME, createdBy, "buildkit.dockerfile.v0"));
    return layer(changes);
  }

  Layers layer(Change... changes) {
    Changes all = Changes.of(changes);
    long size = 0;
    for (Change change : all) {
      size += 512;
      if (change instanceof Change.Put put && put.node() instanceof Node.File file) {
        size += file.size();
      }
    }
    layers.add(new Source(Digest.sha256(layers.size() + all.toString()), size, all));
    return this;
  }

  Layers empty(String createdBy) {
    history.add(HistoryEntry.emptyLayer(TIME, createdBy, "buildkit.dockerfile.v0"));
    return this;
  }

  Layers config(ContainerConfig newConfig) {
    config = newConfig;
    return this;
  }

  ImageConfig config() {
    return ImageConfig.of(Platform.parse("linux/amd64"))
        .withConfig(config)
        .withLayers(layers.stream().map(LayerSource::diffId).toList(), history);
  }

  Timeline timeline() {
    return Timeline.of(config(), layers);
  }

  ImageReport report() throws IOException {
    return ImageReport.of("shop/app:1", timeline());
  }

  static Change dir(String path) {
    return new Change.Put(TreePath.of(path), Node.directory(Metadata.of(0755, TIME)));
  }

  static Change file(String path, String text) {
    return file(path, text, 0644);
  }

  static Change file(String path, String text, int mode) {
    return file(path, text.getBytes(UTF_8), Metadata.of(mode, TIME));
  }

  static Change file(String path, byte[] bytes, Metadata metadata) {
    return new Change.Put(TreePath.of(path), Node.file(metadata, new Bytes(bytes)));
  }

  static Change symlink(String path, String target) {
    return new Change.Put(TreePath.of(path), Node.symlink(Metadata.of(0777, TIME), target));
  }

  static Change link(String path, String target) {
    return new Change.Link(TreePath.of(path), TreePath.of(target));
  }

  static Change removed(String path) {
    return new Change.Remove(TreePath.of(path));
  }

  static Change cleared(String path) {
    return new Change.Clear(TreePath.of(path));
  }

  /** Bytes that are equal to no others, as slices of two layers are. */
  private static final class Bytes implements Content {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer dst) {
      if (position >= bytes.length) {
        return -1;
      }
      int n = Math.min(dst.remaining(), bytes.length - (int) position);
      dst.put(bytes, (int) position, n);
      return n;
    }
  }
}
