// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import javax.annotation.Nullable;

/** Lays changes over a live tree, as image-spec's layer.md says. */
final class TreeApply implements Change.Visitor<TreeApply.Step> {
  /** What a change does when its turn has come. */
  interface Step {
    void run() throws IOException;
  }

  private final LiveTree tree;

  // The directory of the last put, since most layers put all that is in one at once; unknown after
  // anything that may lead its path elsewhere.
  private byte[][] lastParent = Names.NONE;
  private @Nullable Place lastPlace;

  TreeApply(LiveTree tree) {
    this.tree = tree;
  }

  /** Whiteouts act on what was below only, whatever their place in the layer: they go first. */
  void apply(Iterable<Change> changes) throws IOException {
    for (Change change : changes) {
      if (change instanceof Change.Remove || change instanceof Change.Clear) {
        change.accept(this).run();
      }
    }
    for (Change change : changes) {
      if (change instanceof Change.Put || change instanceof Change.Link) {
        change.accept(this).run();
      }
    }
  }

  @Override
  public Step put(Change.Put change) {
    return () -> put(change.path(), change.node());
  }

  @Override
  public Step link(Change.Link change) {
    return () -> link(change.path(), change.target());
  }

  @Override
  public Step remove(Change.Remove change) {
    return () -> remove(change.path());
  }

  @Override
  public Step clear(Change.Clear change) {
    return () -> clear(change.path());
  }

  void put(TreePath path, Node node) throws IOException {
    Inode inode = Nodes.inode(node);
    if (path.isRoot()) {
      Place root = tree.ownDirectory(Names.NONE, 0, path);
      root.cell().set(attributes(root.cell().directory(), inode, path));
      return;
    }
    Place parent = ownParentOfPut(path);
    byte[] name = lastName(path);
    Entry old = parent.cell().directory().get(name);
    if (old != null
        && inode instanceof DirectoryInode
        && tree.inode(old) instanceof DirectoryInode directory) {
      tree.own(parent, name).set(attributes(directory, inode, path));
    } else {
      tree.names.put(parent, name, inode);
      lastPlace = old == null ? lastPlace : null;
    }
  }

  /** As {@link #put}, but with the children, and nothing of what was there stays. */
  void graft(TreePath path, Node node) throws IOException {
    lastPlace = null;
    if (path.isRoot()) {
      if (!(node instanceof Node.Directory directory)) {
        throw new FileSystemException(path.toString(), null, "the root must be a directory");
      }
      tree.reset(FileTree.of(directory));
    } else {
      Place parent = ownParent(path);
      tree.names.adopt(parent, lastName(path), node);
    }
  }

  private static DirectoryInode attributes(DirectoryInode directory, Inode from, TreePath path)
      throws FileSystemException {
    if (!(from instanceof DirectoryInode)) {
      throw new FileSystemException(path.toString(), null, "the root must be a directory");
    }
    return (DirectoryInode) directory.with(from.metadata());
  }

  void link(TreePath path, TreePath target) throws IOException {
    lastPlace = null;
    Located found;
    try {
      found = tree.locate(target.rawNames(), false, Resolver.Missing.FAIL, target);
    } catch (NoSuchFileException e) {
      throw noTarget(path, target);
    }
    if (found.inode() == null) {
      throw noTarget(path, target);
    }
    if (found.inode() instanceof DirectoryInode) {
      throw new FileSystemException(
          path.toString(), target.toString(), "hard link target is a directory");
    }
    Place parent = ownParent(path);
    Place targetParent = tree.ownDirectory(found.names(), found.names().length - 1, target);
    if (targetParent == parent && Arrays.equals(found.name(), lastName(path))) {
      return; // a link to itself
    }
    tree.names.put(parent, lastName(path), tree.names.share(targetParent, found.name()));
  }

  private static NoSuchFileException noTarget(TreePath path, TreePath target) {
    return new NoSuchFileException(
        path.toString(), target.toString(), "hard link target not found");
  }

  void remove(TreePath path) throws IOException {
    lastPlace = null;
    Located found;
    try {
      found = tree.locate(path.rawNames(), false, Resolver.Missing.FAIL, path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return; // a whiteout of nothing is no error
    }
    if (found.exists() && found.parent() != null) {
      int depth = found.names().length - 1;
      tree.names.remove(tree.ownDirectory(found.names(), depth, path), found.name());
    }
  }

  void clear(TreePath path) throws IOException {
    lastPlace = null;
    if (path.isRoot()) {
      tree.names.clear(tree.ownDirectory(Names.NONE, 0, path));
      return;
    }
    Place parent = ownParent(path);
    byte[] name = lastName(path);
    Entry old = parent.cell().directory().get(name);
    if (old != null && !(tree.inode(old) instanceof DirectoryInode)) {
      tree.names.remove(parent, name);
    }
    Located found = tree.locate(path.parent().rawNames(), true, Resolver.Missing.FAIL, path);
    byte[][] names = TreePath.ofNames(found.names()).child(name).rawNames();
    tree.names.clear(tree.names.makeDirectories(names, names.length, path));
  }

  /** As {@link #ownParent}, for puts that follow each other. */
  private Place ownParentOfPut(TreePath path) throws IOException {
    byte[][] names = path.rawNames();
    Place known = lastPlace;
    if (known == null
        || names.length != lastParent.length + 1
        || !Names.startsWith(names, lastParent)) {
      known = ownParent(path);
      lastParent = Arrays.copyOf(names, names.length - 1);
      lastPlace = known;
    }
    return known;
  }

  /** The directory that holds {@code path}: links are followed, what is missing is made. */
  private Place ownParent(TreePath path) throws IOException {
    byte[][] names = path.rawNames();
    byte[][] parent = Arrays.copyOf(names, names.length - 1);
    Located found = tree.locate(parent, true, Resolver.Missing.KEEP, path);
    if (found.exists() && !(found.inode() instanceof DirectoryInode)) {
      throw new NotDirectoryException(path.toString());
    }
    return tree.names.makeDirectories(found.names(), found.names().length, path);
  }

  private static byte[] lastName(TreePath path) {
    byte[][] names = path.rawNames();
    return names[names.length - 1];
  }
}
