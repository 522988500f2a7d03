// SPDX-License-Identifier: Apache-2.0
package dev.lamina.instruction;

import dev.lamina.fs.Changes;
import dev.lamina.fs.FileTree;
import dev.lamina.fs.Metadata;
import dev.lamina.fs.Node;
import dev.lamina.fs.OverlayFileSystem;
import dev.lamina.fs.TreePath;
import dev.lamina.path.PathFilter;
import dev.lamina.path.SlashPath;
import dev.lamina.spi.StepException;
import java.io.IOException;
import java.time.Instant;

/**
 * Copies from trees into one, with BuildKit's rules for what a destination means and for what
 * replaces what. Links of the destination are followed inside the image, so nothing is written
 * outside it or through a link that the copy itself brings.
 */
final class TreeCopier {
  private static final int DIRECTORY_MODE = 0755;
  private static final int UMASK = 022;

  private final OverlayFileSystem target;
  private final CopyOptions options;
  private final Instant now;

  /**
   * Makes a copier.
   *
   * @param target what is copied into
   * @param now the time of directories that are made on the way, or get or lose a name
   */
  TreeCopier(OverlayFileSystem target, CopyOptions options, Instant now) {
    this.target = target;
    this.options = options;
    this.now = now;
  }

  /**
   * Copies a file or a directory.
   *
   * @param source where it is
   * @param from its path there, absolute and clean
   * @param destination where to, absolute; with {@code /} or {@code /.} at the end it is a
   *     directory
   * @param filter what of it
   */
  void copy(FileTree source, String from, String destination, PathFilter filter)
      throws IOException {
    TreePath wanted = TreePath.of(destination);
    boolean isDirectory = destination.endsWith("/") || destination.endsWith("/.");
    makeDirectories(target.snapshot().follow(isDirectory ? wanted : wanted.parent()));
    TreePath place = target.snapshot().follow(wanted);
    TreePath path = sourcePath(source, TreePath.of(from));
    Node node =
        source
            .node(path)
            .orElseThrow(() -> new StepException("lstat " + from + ": no such file or directory"));
    boolean copiesDirectory = node instanceof Node.Directory;
    Node existing = target.snapshot().node(place).orElse(null);
    boolean goesBelow =
        copiesDirectory
            ? existing != null && !options.contentsOnly()
            : existing instanceof Node.Directory;
    if (goesBelow) {
      place = place.resolve(SlashPath.base(from));
    }
    boolean standsForContents = copiesDirectory && options.contentsOnly() && existing == null;
    makeDirectories(standsForContents ? place : place.parent());
    FileTree files = target.snapshot();
    Changes.Builder changes = Changes.builder();
    if (!(files.node(place).orElse(null) instanceof Node.Directory)) {
      touch(place.parent(), files, now, changes);
    }
    new CopyWalk(source, options, filter, now, changes).copy(path, node, place, files);
    target.apply(changes.build());
  }

  /**
   * Gives a directory the time at which a name in it came or went, as a host's file system does by
   * itself. The root is no part of a layer.
   */
  static void touch(TreePath directory, FileTree files, Instant time, Changes.Builder changes) {
    if (!directory.isRoot() && files.node(directory).orElse(null) instanceof Node.Directory node) {
      changes.put(directory, Node.directory(node.metadata().withMtime(time)));
    }
  }

  private TreePath sourcePath(FileTree source, TreePath from) throws IOException {
    return options.followLinks() || from.isRoot()
        ? source.follow(from)
        : source.follow(from.parent()).resolve(from.name());
  }

  /** Makes a directory and those above it, where they are missing. */
  void makeDirectories(TreePath path) throws IOException {
    FileTree files = target.snapshot();
    Changes.Builder made = Changes.builder();
    TreePath at = TreePath.ROOT;
    Node parent = files.root();
    for (String name : path.names()) {
      at = at.resolve(name);
      Node node = files.node(at).orElse(null);
      if (node == null) {
        touch(at.parent(), files, now, made);
        node = Node.directory(directoryMetadata(parent));
        made.put(at, node);
      } else if (!(node instanceof Node.Directory)) {
        throw new StepException("mkdir " + at + ": not a directory");
      }
      parent = node;
    }
    target.apply(made.build());
  }

  private Metadata directoryMetadata(Node parent) {
    int mode =
        options.mode().isPresent() && options.mode().get().octal().isPresent()
            ? options.mode().get().octal().getAsInt() & 0777 & ~UMASK
            : DIRECTORY_MODE;
    Metadata made = SetgidDirectories.inherit(parent, Metadata.of(mode, now));
    return options.owner().isPresent() ? options.owner().get().apply(made) : made;
  }
}
