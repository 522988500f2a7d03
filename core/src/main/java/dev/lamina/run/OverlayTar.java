// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes changes as the tar stream of a lower directory of an overlay.
 *
 * <p>The stream is safe to unpack by a plain tar: every parent is a directory of the same stream,
 * so no entry can lead through a link, and no name comes twice. Attributes of parents that are not
 * in the changes are those of the tree.
 */
final class OverlayTar {
  private final FileTree after;
  private final LowerForm form;
  private final boolean devices;
  private final TarWriter tar;
  private final Set<TreePath> written = new HashSet<>();
  private final Set<TreePath> filled = new HashSet<>();
  private final Set<TreePath> hiding = new HashSet<>();

  private OverlayTar(FileTree after, LowerForm form, boolean devices, TarWriter tar) {
    this.after = after;
    this.form = form;
    this.devices = devices;
    this.tar = tar;
  }

  /**
   * Writes a whole stream.
   *
   * @param changes what to write
   * @param after the tree with the changes laid over it
   * @param form how it says what is taken away
   * @param devices whether devices are written: only root can make them
   */
  static void write(
      Changes changes, FileTree after, LowerForm form, boolean devices, OutputStream out)
      throws IOException {
    OverlayTar writer = new OverlayTar(after, form, devices, TarWriter.over(out));
    for (Change change : changes) {
      writer.note(change);
    }
    writer.parent(TreePath.ROOT);
    for (Change change : changes) {
      writer.write(change);
    }
    writer.tar.finish();
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
    if (change instanceof Change.Link link && form.hasHardLinks()) {
      entry(link.target());
      hardLink(link);
    } else if (!(change instanceof Change.Remove)) {
      entry(change.path());
    } else if (!filled.contains(change.path())) {
      whiteout(change.path());
    }
  }

  /** Writes the directories a path lies in; returns whether the stream is yet to have it. */
  private boolean isNew(TreePath path) throws IOException {
    if (written.contains(path) || !form.canHold(path)) {
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
        tar.write(TarNodes.entry(path, node, below(node.metadata())), file.content());
      } else if (devices || !(node instanceof Node.Device)) {
        header(path, node);
      }
    }
  }

  private void header(TreePath path, Node node) throws IOException {
    Metadata metadata = below(node.metadata());
    if (node instanceof Node.Directory && (hiding.contains(path) || form.isNew(path))) {
      metadata = metadata.withXattrs(form.opaque(metadata.xattrs()));
      tar.write(TarNodes.entry(path, node, metadata), Content.empty());
      for (TarEntry mark : form.opaqueFiles(path)) {
        tar.write(mark, Content.empty());
      }
    } else {
      tar.write(TarNodes.entry(path, node, metadata), Content.empty());
    }
  }

  private void hardLink(Change.Link link) throws IOException {
    if (isNew(link.path())) {
      Metadata metadata = after.node(link.target()).orElseThrow().metadata();
      tar.write(TarNodes.hardLink(link.path(), link.target(), metadata));
    }
  }

  private void whiteout(TreePath path) throws IOException {
    if (isNew(path)) {
      tar.write(form.whiteout(path));
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
  private Metadata below(Metadata metadata) {
    return metadata.withXattrs(form.below(metadata.xattrs()));
  }
}
