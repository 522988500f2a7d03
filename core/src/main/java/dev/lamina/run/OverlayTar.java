// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.TarType;
import dev.lamina.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes changes as the tar stream of a lower directory of an overlay mounted with {@code
 * userxattr}: a whiteout is a character device 0:0, an opaque directory has {@code
 * user.overlay.opaque}.
 *
 * <p>The stream is safe to unpack by a plain tar: every parent is a directory of the same stream,
 * so no entry can lead through a link, and no name comes twice. Attributes of parents that are not
 * in the changes are those of the tree.
 */
final class OverlayTar {
  private static final Metadata WHITEOUT = Metadata.of(0, Instant.EPOCH);

  private final FileTree after;
  private final boolean devices;
  private final TarWriter tar;
  private final Set<TreePath> written = new HashSet<>();
  private final Set<TreePath> filled = new HashSet<>();
  private final Set<TreePath> hiding = new HashSet<>();

  private OverlayTar(FileTree after, boolean devices, TarWriter tar) {
    this.after = after;
    this.devices = devices;
    this.tar = tar;
  }

  /**
   * Writes a whole stream.
   *
   * @param changes what to write
   * @param after the tree with the changes laid over it
   * @param devices whether devices are written: only root can make them
   */
  static void write(Changes changes, FileTree after, boolean devices, OutputStream out)
      throws IOException {
    OverlayTar writer = new OverlayTar(after, devices, TarWriter.over(out));
    for (Change change : changes) {
      writer.note(change);
    }
    writer.parent(TreePath.ROOT);
    for (Change change : changes) {
      writer.write(change);
    }
    writer.tar.finish();
  }

  /** Tells whether a lower directory can say what a node is. */
  static boolean canHold(Node node) {
    return !(node instanceof Node.Device device
        && !device.isBlock()
        && device.major() == 0
        && device.minor() == 0);
  }

  /**
   * Collects what has to be known before the first entry: which paths get something, and which hide
   * what is below.
   */
  private void note(Change change) {
    boolean hides = change instanceof Change.Remove || change instanceof Change.Clear;
    boolean unused = (hides ? hiding : filled).add(change.path());
  }

  private void write(Change change) throws IOException {
    if (change instanceof Change.Link link) {
      entry(link.target());
      hardLink(link);
    } else if (!(change instanceof Change.Remove)) {
      entry(change.path());
    } else if (!filled.contains(change.path())) {
      whiteout(change.path());
    }
  }

  /** Writes the directories a path lies in; returns whether the stream has not had it yet. */
  private boolean isNew(TreePath path) throws IOException {
    if (written.contains(path)) {
      return false;
    }
    parent(path);
    return written.add(path);
  }

  /** Writes what the tree has at a path, unless the stream has it already. */
  private void entry(TreePath path) throws IOException {
    if (isNew(path)) {
      Node node =
          after.node(path).orElseThrow(() -> new IllegalStateException("not in the tree: " + path));
      if (node instanceof Node.File file) {
        tar.write(TarNodes.entry(path, node, escaped(node.metadata())), file.content());
      } else if (devices || !(node instanceof Node.Device)) {
        header(path, node);
      }
    }
  }

  private void header(TreePath path, Node node) throws IOException {
    Metadata metadata = escaped(node.metadata());
    Metadata own =
        node instanceof Node.Directory && hiding.contains(path)
            ? metadata.withXattrs(OverlayMarks.opaque(metadata.xattrs()))
            : metadata;
    tar.write(TarNodes.entry(path, node, own), Content.empty());
  }

  private void hardLink(Change.Link link) throws IOException {
    if (isNew(link.path())) {
      Metadata metadata = after.node(link.target()).orElseThrow().metadata();
      tar.write(TarNodes.hardLink(link.path(), link.target(), metadata));
    }
  }

  private void whiteout(TreePath path) throws IOException {
    if (isNew(path)) {
      tar.write(TarNodes.device(path, TarType.CHARACTER_DEVICE, WHITEOUT, 0, 0));
    }
  }

  /** Writes the directories a path lies in, the root first; for the root, the root itself. */
  private void parent(TreePath path) throws IOException {
    TreePath parent = path.parent();
    if (!written.contains(parent)) {
      if (!path.isRoot()) {
        parent(parent);
      }
      if (written.add(parent)) {
        header(parent, after.node(parent).orElseThrow());
      }
    }
  }

  /** Returns attributes as they must be below the mount. */
  private static Metadata escaped(Metadata metadata) {
    return metadata.withXattrs(OverlayMarks.escaped(metadata.xattrs()));
  }
}
