// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.compress.DecompressionLimits;
import dev.lamina.fs.Changes;
import dev.lamina.fs.Content;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.TreePath;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.LayerContext;
import dev.lamina.spi.StepException;
import dev.lamina.tar.TarEntry;
import dev.lamina.tar.TarOptions;
import dev.lamina.tar.TarReader;
import dev.lamina.tar.TarType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * Lays a tar's entries into a directory, the way Docker does for ADD: a directory over a directory
 * is merged, anything else replaces what was there, and nothing gets out of the directory. A link
 * with an absolute target leads below the directory, one that climbs out of it is an error when
 * something is to be written through it.
 */
final class ArchiveUnpacker {
  private static final int IMPLIED_MODE = 0755;
  private static final Instant LATEST = Instant.EPOCH.plusNanos(Long.MAX_VALUE);

  private final String name;
  private final LayerContext layer;
  private final OverlayFileSystem files;
  private final CopyOptions options;
  private final TreePath root;
  private final ArchiveWhiteouts whiteouts;
  private final Set<TreePath> touched = new HashSet<>();
  private final Map<TreePath, Instant> times = new HashMap<>();
  private long holes;

  ArchiveUnpacker(String name, LayerContext layer, CopyOptions options, String destination)
      throws IOException {
    this.name = name;
    this.layer = layer;
    this.files = layer.fileSystem();
    this.options = options;
    this.root = files.snapshot().follow(TreePath.of(destination));
    CopyOptions made = new CopyOptions(options.owner(), Optional.empty(), true, true);
    new TreeCopier(files, made, layer.now()).makeDirectories(root);
    this.whiteouts = new ArchiveWhiteouts(files);
  }

  void unpack(Content tar, TarOptions tarOptions) throws IOException, InterruptedException {
    TarReader reader = TarReader.over(tar, tarOptions);
    for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      put(entry.get(), content(entry.get(), reader, tar));
    }
    setTimes();
    whiteouts.apply();
  }

  /** A directory has the time of its entry; without one, that of the last name to come or go. */
  private void setTimes() throws IOException {
    FileTree tree = files.snapshot();
    Changes.Builder changes = Changes.builder();
    for (TreePath directory : touched) {
      TreeCopier.touch(directory, tree, layer.now(), changes);
    }
    times.forEach((directory, time) -> TreeCopier.touch(directory, tree, time, changes));
    files.apply(changes.build());
  }

  private Content content(TarEntry entry, TarReader reader, Content tar) throws IOException {
    if (entry.size() == 0) {
      return Content.empty();
    }
    if (reader.sparse().isEmpty()) {
      return tar.slice(reader.dataOffset(), entry.size());
    }
    requireNoBomb(entry, tar);
    Path file = layer.temporaryFile();
    try (InputStream in = reader.content();
        OutputStream out = Files.newOutputStream(file)) {
      in.transferTo(out);
    }
    return Content.ofFile(file);
  }

  /** The holes of a sparse file take no room in a tar: they are held to what compression may do. */
  private void requireNoBomb(TarEntry entry, Content tar) throws IOException {
    DecompressionLimits limits = DecompressionLimits.DEFAULT;
    holes += entry.size();
    if (holes > limits.ratioFreeBytes() && holes / limits.maxRatio() > tar.size()) {
      throw failure(
          entry.name(),
          "expected at most %d bytes of sparse files for each of the archive's, found %d for %d"
              .formatted(limits.maxRatio(), holes, tar.size()));
    }
  }

  /** A time that Unix nanoseconds can't tell, or before 1970, is 1970, as in Docker. */
  private static Instant bounded(Instant time) {
    return time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? Instant.EPOCH : time;
  }

  private void put(TarEntry entry, Content content) throws IOException {
    String local = local(entry.name(), "entry name");
    if (local.equals(".")) {
      return; // the directory itself keeps its attributes
    }
    TreePath place = place(local);
    if (ArchiveWhiteouts.isOne(place)) {
      whiteouts.add(place);
      return;
    }
    Node existing = files.snapshot().node(place).orElse(null);
    Metadata timed = entry.metadata().withMtime(bounded(entry.metadata().mtime()));
    Metadata metadata = options.owner().isPresent() ? options.owner().get().apply(timed) : timed;
    if (!(entry.type() == TarType.DIRECTORY && existing instanceof Node.Directory)) {
      touched.add(place.parent());
    }
    switch (entry.type()) {
      case DIRECTORY -> {
        files.put(place, Node.directory(metadata));
        times.put(place, metadata.mtime());
      }
      case REGULAR -> replace(place, existing, Node.file(metadata, content));
      case SYMLINK -> replace(place, existing, Node.symlink(metadata, entry.linkName()));
      case FIFO -> replace(place, existing, Node.fifo(metadata));
      case CHARACTER_DEVICE, BLOCK_DEVICE -> replace(place, existing, device(entry, metadata));
      case HARD_LINK -> link(entry, place, metadata);
    }
  }

  private static Node device(TarEntry entry, Metadata metadata) {
    boolean block = entry.type() == TarType.BLOCK_DEVICE;
    return Node.device(metadata, block, (int) entry.deviceMajor(), (int) entry.deviceMinor());
  }

  private void replace(TreePath place, @Nullable Node existing, Node node) throws IOException {
    if (existing instanceof Node.Directory) {
      files.remove(place);
    }
    files.put(place, node);
  }

  /** The attributes of a hard link's entry go to the file it is a name of, as Docker has it. */
  private void link(TarEntry entry, TreePath place, Metadata metadata) throws IOException {
    TreePath target = place(local(entry.linkName(), "hardlink target"));
    FileTree tree = files.snapshot();
    if (tree.node(target).isEmpty() || target.equals(place)) {
      throw failure(entry.name(), "hard link to " + entry.linkName() + ", which is not there");
    }
    if (isShared(target, tree)) {
      files.put(target, tree.node(target).get()); // as a storage that copies up one name
    }
    files.remove(place);
    files.link(place, target);
    Path file = files.getPath(place);
    set(file, "unix:uid", metadata.uid());
    set(file, "unix:gid", metadata.gid());
    if (tree.node(target).get() instanceof Node.Symlink) {
      return;
    }
    for (String xattr : metadata.xattrs().names()) {
      set(file, "xattr:" + xattr, metadata.xattrs().get(xattr).orElseThrow());
    }
    set(file, "unix:mode", metadata.mode()); // after the owner, which takes setuid away
    set(file, "lastModifiedTime", FileTime.from(metadata.mtime()));
  }

  /** Tells whether a file below the layer has more names, of which the layer makes one its own. */
  private boolean isShared(TreePath target, FileTree tree) {
    OptionalLong link = tree.linkId(target);
    return link.isPresent() && link.equals(files.base().linkId(target));
  }

  private static void set(Path file, String attribute, Object value) throws IOException {
    Path same = Files.setAttribute(file, attribute, value, LinkOption.NOFOLLOW_LINKS);
    assert same == file;
  }

  /** Returns an entry's name below the directory, or fails if it leads out. */
  private String local(String entryName, String what) throws StepException {
    int start = 0;
    while (start < entryName.length() && entryName.charAt(start) == '/') {
      start++;
    }
    String clean = SlashPath.clean(entryName.substring(start));
    if (clean.equals("..") || clean.startsWith("../")) {
      throw new StepException(name + ": invalid " + what + " \"" + entryName + "\"");
    }
    return clean;
  }

  /** Returns where a name leads, links above its last element followed and directories made. */
  private TreePath place(String local) throws IOException {
    TreePath wanted = TreePath.of(local);
    TreePath parent =
        new ConfinedPaths(files.snapshot(), root).follow(wanted.parent(), name + ": " + local);
    makeImplied(parent);
    return parent.resolve(wanted.name());
  }

  /** Docker gives what it makes to root but leaves the setgid bit of the directory above. */
  private void makeImplied(TreePath directory) throws IOException {
    FileTree tree = files.snapshot();
    Node there = tree.node(directory).orElse(null);
    if (there instanceof Node.Directory) {
      return;
    }
    if (there != null) {
      throw failure(directory.toString(), "not a directory");
    }
    makeImplied(directory.parent());
    touched.add(directory.parent());
    Node parent = files.snapshot().node(directory.parent()).orElseThrow();
    Metadata made = SetgidDirectories.inherit(parent, Metadata.of(IMPLIED_MODE, layer.now()));
    files.put(directory, Node.directory(Owner.ROOT.apply(made)));
  }

  private StepException failure(String entryName, String problem) {
    return new StepException(name + ": " + entryName + ": " + problem);
  }
}
