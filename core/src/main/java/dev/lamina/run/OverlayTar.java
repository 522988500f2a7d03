// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarType;
import dev.lamina.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
  private static final String PRIVATE = "user.overlay.";
  private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);
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
    boolean unused =
        change.accept(
            new Change.Visitor<Boolean>() {
              @Override
              public Boolean put(Change.Put put) {
                return filled.add(put.path());
              }

              @Override
              public Boolean link(Change.Link link) {
                return filled.add(link.path());
              }

              @Override
              public Boolean remove(Change.Remove remove) {
                return hiding.add(remove.path());
              }

              @Override
              public Boolean clear(Change.Clear clear) {
                return hiding.add(clear.path());
              }
            });
  }

  private void write(Change change) throws IOException {
    try {
      boolean unused =
          change.accept(
              new Change.Visitor<Boolean>() {
                @Override
                public Boolean put(Change.Put put) {
                  return entry(put.path());
                }

                @Override
                public Boolean link(Change.Link link) {
                  return entry(link.target()) && hardLink(link);
                }

                @Override
                public Boolean remove(Change.Remove remove) {
                  return filled.contains(remove.path()) || whiteout(remove.path());
                }

                @Override
                public Boolean clear(Change.Clear clear) {
                  return entry(clear.path());
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Writes what the tree has at a path, unless the stream has it already. */
  private boolean entry(TreePath path) {
    if (written.contains(path)) {
      return true;
    }
    Node node =
        after.node(path).orElseThrow(() -> new IllegalStateException("not in the tree: " + path));
    parent(path);
    if (!written.add(path)) {
      return true;
    }
    try {
      if (node instanceof Node.File file) {
        tar.write(
            TarEntry.file(TarNodes.name(path), escaped(file.metadata()), file.size()),
            file.content());
      } else if (devices || !(node instanceof Node.Device)) {
        header(path, node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return true;
  }

  private void header(TreePath path, Node node) throws IOException {
    Metadata metadata = escaped(node.metadata());
    Metadata own =
        node instanceof Node.Directory && hiding.contains(path)
            ? metadata.withXattrs(metadata.xattrs().with(PRIVATE + "opaque", YES))
            : metadata;
    tar.write(TarNodes.entry(path, node, own), Content.empty());
  }

  private boolean hardLink(Change.Link link) {
    parent(link.path());
    if (written.add(link.path())) {
      try {
        Metadata metadata = after.node(link.target()).orElseThrow().metadata();
        tar.write(TarNodes.hardLink(link.path(), link.target(), metadata));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }

  private boolean whiteout(TreePath path) {
    parent(path);
    if (written.add(path)) {
      try {
        tar.write(TarNodes.device(path, TarType.CHARACTER_DEVICE, WHITEOUT, 0, 0));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return true;
  }

  /** Writes the directories a path lies in; for the root, the root itself. */
  private void parent(TreePath path) {
    TreePath parent = path.parent();
    if (!written.contains(parent)) {
      if (!path.isRoot()) {
        parent(parent);
      }
      try {
        if (written.add(parent)) {
          header(parent, after.node(parent).orElseThrow());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Returns attributes whose names the kernel would take for its own under the names it reads them
   * back from.
   */
  private static Metadata escaped(Metadata metadata) {
    Xattrs xattrs = metadata.xattrs();
    for (String name : xattrs.names()) {
      if (name.startsWith(PRIVATE)) {
        byte[] value = xattrs.get(name).orElseThrow();
        String escaped = PRIVATE + "overlay." + name.substring(PRIVATE.length());
        xattrs = xattrs.without(name).with(escaped, value);
      }
    }
    return metadata.withXattrs(xattrs);
  }
}
