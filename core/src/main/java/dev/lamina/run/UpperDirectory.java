// SPDX-License-Identifier: Apache-2.0
package dev.lamina.run;

import dev.lamina.fs.Change;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.HostNames;
import dev.lamina.fs.HostStat;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import dev.lamina.fs.Xattrs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the upper directory of an overlay mounted with {@code userxattr} as {@link Changes}, in one
 * walk.
 *
 * <p>A whiteout is a character device 0:0, an opaque directory has {@code user.overlay.opaque}:
 * both are readable by plain Java. What else the kernel keeps under {@code user.overlay.} is left
 * out, and a name it escaped there is taken back. Everything the directory holds is a change, as
 * for Docker's overlay2: a file that was opened for writing is in the layer even if its bytes are
 * the same. Nothing may write there meanwhile.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs</a>
 */
final class UpperDirectory {
  private final FileTree base;
  private final List<Change> changes = new ArrayList<>();
  private final Map<Long, TreePath> firstNames = new HashMap<>();

  /** The files that may have capabilities, by their place in the list of changes. */
  private final Map<Path, Integer> executables = new LinkedHashMap<>();

  private UpperDirectory(FileTree base) {
    this.base = base;
  }

  /** A file of the upper directory. */
  private record Entry(Path path, String name, HostStat stat) {
    static Entry of(Path path) throws IOException {
      return new Entry(path, HostNames.name(path), HostStat.read(path));
    }

    boolean isWhiteout() {
      return stat.type() == HostStat.Type.CHARACTER_DEVICE && stat.rdev() == 0;
    }

    boolean isExecutable() {
      return stat.type() == HostStat.Type.FILE && (stat.mode() & 0111) != 0;
    }
  }

  /**
   * Returns what an upper directory says about a tree.
   *
   * @param upper the directory; its own attributes are the root's
   * @param base what the lower directories hold together
   * @param capabilities reads file capabilities, which Java cannot
   */
  static Changes read(Path upper, FileTree base, CapabilityReader capabilities) throws IOException {
    UpperDirectory reader = new UpperDirectory(base);
    Entry root = Entry.of(upper);
    Metadata metadata = root.stat().metadata(OverlayMarks.own(xattrs(root)));
    if (!metadata.equals(base.root().metadata())) {
      reader.changes.add(new Change.Put(TreePath.ROOT, Node.directory(metadata)));
    }
    reader.children(upper, TreePath.ROOT);
    reader.addCapabilities(capabilities.read(upper, reader.executables.keySet()));
    return Changes.of(reader.changes);
  }

  private void addCapabilities(Map<Path, byte[]> values) {
    values.forEach(
        (file, value) -> {
          int index = Objects.requireNonNull(executables.get(file), () -> "not asked for: " + file);
          Change.Put put = (Change.Put) changes.get(index);
          Metadata plain = put.node().metadata();
          Metadata full = plain.withXattrs(plain.xattrs().with(CapabilityReader.XATTR, value));
          changes.set(index, new Change.Put(put.path(), put.node().withMetadata(full)));
        });
  }

  private void children(Path directory, TreePath at) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path child : stream) {
        entries.add(Entry.of(child));
      }
    }
    entries.sort(Comparator.comparing(Entry::name, FileNames.byteOrder()));
    for (Entry entry : entries) {
      TreePath path = at.resolve(entry.name());
      if (entry.isWhiteout() && base.node(path).isPresent()) {
        changes.add(new Change.Remove(path));
      }
    }
    for (Entry entry : entries) {
      if (!entry.isWhiteout()) {
        put(entry, at.resolve(entry.name()));
      }
    }
  }

  private void put(Entry entry, TreePath path) throws IOException {
    if (entry.stat().isDirectory()) {
      Xattrs xattrs = xattrs(entry);
      changes.add(
          new Change.Put(path, Node.directory(entry.stat().metadata(OverlayMarks.own(xattrs)))));
      if (OverlayMarks.isOpaque(xattrs) && base.node(path).isPresent()) {
        changes.add(new Change.Clear(path));
      }
      children(entry.path(), path);
      return;
    }
    if (entry.stat().links() > 1) {
      TreePath first = firstNames.putIfAbsent(entry.stat().inode(), path);
      if (first != null) {
        changes.add(new Change.Link(path, first));
        return;
      }
    }
    if (entry.isExecutable()) {
      executables.put(entry.path(), changes.size());
    }
    Optional<Node> node = node(entry);
    if (node.isPresent()) {
      changes.add(new Change.Put(path, node.get()));
    }
  }

  private Optional<Node> node(Entry entry) throws IOException {
    Metadata metadata = entry.stat().metadata(Xattrs.empty());
    HostStat stat = entry.stat();
    return switch (stat.type()) {
      case FILE -> {
        Content content = Content.ofFile(entry.path(), 0, stat.size());
        yield Optional.of(Node.file(stat.metadata(OverlayMarks.own(xattrs(entry))), content));
      }
      case SYMLINK ->
          Optional.of(Node.symlink(metadata, HostNames.text(Files.readSymbolicLink(entry.path()))));
      case CHARACTER_DEVICE ->
          Optional.of(Node.device(metadata, false, stat.major(), stat.minor()));
      case BLOCK_DEVICE -> Optional.of(Node.device(metadata, true, stat.major(), stat.minor()));
      case FIFO -> Optional.of(Node.fifo(metadata));
      default -> Optional.empty(); // a socket is of no use without the process that listens
    };
  }

  /** Reads a file's attributes in the name space {@code user}, the overlay's among them. */
  private static Xattrs xattrs(Entry entry) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            entry.path(), UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    Xattrs xattrs = Xattrs.empty();
    for (String name : view.list()) {
      ByteBuffer value = ByteBuffer.allocate(view.size(name));
      int unused = view.read(name, value);
      xattrs = xattrs.with("user." + name, value.array());
    }
    return xattrs;
  }
}
