// SPDX-License-Identifier: Apache-2.0
package dev.lamina;

import dev.lamina.context.BuildContext;
import dev.lamina.dockerfile.ignore.Dockerignore;
import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.HostNames;
import dev.lamina.fs.Node;
import dev.lamina.fs.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What {@code docker cp} changes in a container when a host file or folder is copied into it. */
final class CopyIn {
  private final FileTree files;
  private final Changes.Builder changes = Changes.builder();
  private final Map<Long, TreePath> linked = new HashMap<>();

  private CopyIn(FileTree files) {
    this.files = files;
  }

  /**
   * Returns the changes.
   *
   * @param source what is copied; a folder that ends with {@code /.} stands for what is in it
   * @param destination a path of the container; links are followed
   */
  static Changes changes(Path source, FileTree files, String destination) throws IOException {
    if (destination.isEmpty()) {
      throw new IllegalArgumentException("destination: expected a path, found none");
    }
    boolean contents = source.endsWith(".") || source.getFileName() == null;
    Path named = contents || source.endsWith("..") ? source.toRealPath() : source.toAbsolutePath();
    if (!Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(source.toString());
    }
    TreePath target = files.follow(destination);
    boolean directory = Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS);
    CopyTarget.Found found =
        files
            .node(target)
            .map(node -> node instanceof Node.Directory)
            .map(is -> is ? CopyTarget.Found.DIRECTORY : CopyTarget.Found.OTHER)
            .orElse(CopyTarget.Found.NOTHING);
    boolean asserted = destination.endsWith("/") || destination.endsWith("/.");
    CopyTarget how = CopyTarget.of(directory, contents, found, destination, asserted);
    if (how == CopyTarget.CHILD) {
      target = target.resolve(HostNames.name(named));
    } else if (!target.isRoot()) {
      requireParent(files, target);
    }
    CopyIn copy = new CopyIn(files);
    if (directory) {
      copy.putTree(folder(named), target, how == CopyTarget.CONTENTS);
    } else {
      copy.put(target, file(named));
    }
    return copy.changes.build();
  }

  /**
   * Returns what changes when the files of a tar are laid into a directory.
   *
   * @param directory a path of the container that is a directory; links are followed
   */
  static Changes tar(InputStream tar, FileTree files, String directory) throws IOException {
    TreePath target = files.follow(directory);
    Node node = files.node(target).orElseThrow(() -> new NoSuchFileException(directory));
    if (!(node instanceof Node.Directory)) {
      throw new NotDirectoryException(directory);
    }
    CopyIn copy = new CopyIn(files);
    copy.putTree(tree(BuildContext.tar(tar), "/"), target, true);
    return copy.changes.build();
  }

  private static void requireParent(FileTree files, TreePath target) throws FileSystemException {
    String parent = target.parent().toString();
    Node node = files.node(target.parent()).orElseThrow(() -> new NoSuchFileException(parent));
    if (!(node instanceof Node.Directory)) {
      throw new NotDirectoryException(parent);
    }
  }

  private static boolean isUnix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  private static FileTree folder(Path folder) throws IOException {
    return isUnix(folder) ? FileTree.ofFolder(folder) : tree(BuildContext.folder(folder), "/");
  }

  private static Node file(Path file) throws IOException {
    if (isUnix(file)) {
      return Node.ofFile(file);
    }
    String name = HostNames.name(file);
    return tree(BuildContext.folder(file.resolveSibling("")), "/" + name)
        .node(TreePath.of(name))
        .orElseThrow(() -> new NoSuchFileException(file.toString()));
  }

  /** Files of a file system that knows no owners are root's, as those of a build context. */
  private static FileTree tree(BuildContext context, String needed) throws IOException {
    try {
      return context.withIgnore(Dockerignore.none()).tree(Set.of(needed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading what is to be copied");
    }
  }

  private void putTree(FileTree source, TreePath target, boolean keepRoot) throws IOException {
    try {
      source.forEach(
          (path, node) -> {
            if (!(path.isRoot() && keepRoot)) {
              putUnchecked(source, path, node, path.rebase(TreePath.ROOT, target));
            }
          });
    } catch (Refused e) {
      throw e.failure;
    }
  }

  private void putUnchecked(FileTree source, TreePath path, Node node, TreePath target) {
    OptionalLong link = source.linkId(path);
    TreePath first = link.isPresent() ? linked.putIfAbsent(link.getAsLong(), target) : null;
    try {
      if (first == null) {
        put(target, node);
      } else {
        requireSameKind(target, node);
        changes.link(target, first);
      }
    } catch (FileSystemException e) {
      throw new Refused(e);
    }
  }

  private void put(TreePath target, Node node) throws FileSystemException {
    requireSameKind(target, node);
    if (node instanceof Node.Directory directory) {
      changes.put(target, Node.directory(directory.metadata()));
    } else if (!(node instanceof Node.Socket)) { // which a layer can't hold
      changes.put(target, node);
    }
  }

  private void requireSameKind(TreePath target, Node node) throws FileSystemException {
    Node old = files.node(target).orElse(null);
    boolean directory = node instanceof Node.Directory;
    if (old != null && directory != old instanceof Node.Directory) {
      throw new FileSystemException(
          target.toString(),
          null,
          directory
              ? "cannot overwrite non-directory with directory"
              : "cannot overwrite directory with non-directory");
    }
  }

  /** Carries a failure out of a walk. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FileSystemException failure;

    Refused(FileSystemException failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
