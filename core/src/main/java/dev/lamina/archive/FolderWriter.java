// SPDX-License-Identifier: Apache-2.0
package dev.lamina.archive;

import dev.lamina.fs.FileNames;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes host files of a tree. Every directory on the way is one that was made or looked at here, so
 * neither a link of the image nor one in the folder is ever followed.
 *
 * <p>What plain Java can't make is left out: devices, pipes, sockets, and attributes outside {@code
 * user.*}.
 */
public final class FolderWriter {
  private static final String USER = "user.";

  private final FileTree tree;
  private final Path root;
  private final boolean owners;
  private final boolean merging;
  private final Map<Long, Path> links = new HashMap<>();
  private final List<Map.Entry<Path, Metadata>> directories = new ArrayList<>();

  private FolderWriter(FileTree tree, Path root, boolean owners, boolean merging) {
    this.tree = tree;
    this.root = root;
    this.owners = owners;
    this.merging = merging;
  }

  /**
   * Writes a tree into a folder that is empty or not there; as root, files get their owners.
   *
   * @throws IOException if there is something in the folder, or it can't be written
   */
  public static void write(FileTree tree, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (var files = Files.newDirectoryStream(folder)) {
      if (files.iterator().hasNext()) {
        throw new IOException(folder + ": expected an empty folder, found files");
      }
    }
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    boolean owners = posix && Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid"));
    new FolderWriter(tree, folder.toRealPath(), owners, false).run();
  }

  /**
   * Lays what is in a tree's root over what is in a folder, whose own attributes stay. Files and
   * links there are replaced, directories get the tree's attributes; everything is the caller's.
   *
   * @param folder which is there
   * @throws java.nio.file.FileSystemException if a directory stands where something else is to be,
   *     or something else where a directory is
   */
  public static void merge(FileTree tree, Path folder) throws IOException {
    new FolderWriter(tree, folder.toRealPath(), false, true).run();
  }

  private void run() throws IOException {
    try {
      tree.forEach(this::put);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    finishDirectories();
  }

  private void put(TreePath path, Node node) {
    try {
      Path file = hostPath(path);
      if (node instanceof Node.Directory) {
        if (!path.isRoot()) {
          makeDirectory(file);
        }
        if (!(path.isRoot() && merging)) {
          directories.add(Map.entry(file, node.metadata()));
        }
      } else if (node instanceof Node.File || node instanceof Node.Symlink) {
        makeWay(file);
        putLinked(path, file, node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeDirectory(Path file) throws IOException {
    if (!merging || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(file);
    } else if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          file.toString(), null, "cannot overwrite non-directory with directory");
    }
  }

  private void makeWay(Path file) throws IOException {
    if (!merging) {
      return; // the folder was empty
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          file.toString(), null, "cannot overwrite directory with non-directory");
    }
    Files.deleteIfExists(file);
  }

  private void putLinked(TreePath path, Path file, Node node) throws IOException {
    OptionalLong link = tree.linkId(path);
    Path first = link.isPresent() ? links.putIfAbsent(link.getAsLong(), file) : null;
    if (first != null) {
      Files.createLink(file, first);
      return;
    }
    if (node instanceof Node.Symlink symlink) {
      Files.createSymbolicLink(file, target(symlink.target()));
    } else if (node instanceof Node.File regular) {
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        regular.content().writeTo(out);
      }
    }
    setAttributes(file, node.metadata(), node instanceof Node.Symlink);
  }

  /** A directory's time and mode are set when nothing more is put into it. */
  private void finishDirectories() throws IOException {
    for (int i = directories.size() - 1; i >= 0; i--) {
      setAttributes(directories.get(i).getKey(), directories.get(i).getValue(), false);
    }
  }

  /** The owner comes before the mode: a change of owner takes setuid away. */
  private void setAttributes(Path file, Metadata metadata, boolean symlink) throws IOException {
    LinkOption[] itself = {LinkOption.NOFOLLOW_LINKS};
    if (owners) {
      Files.setAttribute(file, "unix:uid", (int) metadata.uid(), itself);
      Files.setAttribute(file, "unix:gid", (int) metadata.gid(), itself);
    }
    if (!symlink && file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Files.setAttribute(file, "unix:mode", metadata.mode());
      putUserAttributes(file, metadata);
    }
    Files.setAttribute(file, "lastModifiedTime", FileTime.from(metadata.mtime()), itself);
  }

  private static void putUserAttributes(Path file, Metadata metadata) throws IOException {
    for (String name : metadata.xattrs().names()) {
      if (name.startsWith(USER)) {
        UserDefinedFileAttributeView view =
            Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (view == null) {
          return; // there are none here
        }
        ByteBuffer value = ByteBuffer.wrap(metadata.xattrs().get(name).orElseThrow());
        int unused = view.write(name.substring(USER.length()), value);
      }
    }
  }

  private Path hostPath(TreePath path) {
    return path.isRoot() ? root : byBytes(root, path.toString().substring(1));
  }

  private Path target(String target) {
    return isAscii(target)
        ? root.getFileSystem().getPath(target)
        : root.relativize(byBytes(root, target));
  }

  /** Goes by way of a URI where the host's character set could change a name's bytes. */
  private static Path byBytes(Path folder, String below) {
    if (isAscii(below)) {
      return folder.resolve(below);
    }
    StringBuilder uri = new StringBuilder(folder.toUri().getRawPath());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte b : FileNames.encode(below)) {
      boolean plain = b == '/' || (b > 0 && Character.isLetterOrDigit(b));
      uri.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
    return Path.of(URI.create(folder.toUri().getScheme() + "://" + uri));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
