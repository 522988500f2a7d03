// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import javax.annotation.Nullable;

/**
 * An immutable tree of files: what an image, or a prefix of its layers, looks like from inside.
 *
 * <pre>{@code
 * FileTree base = FileTree.ofFolder(Path.of("rootfs"));
 * FileTree next = base.apply(changes);          // shares what is the same
 * Changes layer = next.diff(base);              // base.apply(layer) has what next has
 * Node hosts = next.resolve(TreePath.of("/etc/hosts"), true).node();
 * }</pre>
 *
 * <p>Trees made from each other share every directory that is the same in both. So a layer costs
 * what it changes, a look-up does not depend on the number of layers, and {@link #diff} goes only
 * where the trees differ. Nothing here leads out of the tree: links are resolved inside it.
 *
 * <p>It is no {@code java.nio.file.FileSystem}; {@link OverlayFileSystem} is one over it.
 *
 * <p>Immutable and thread-safe.
 */
public final class FileTree {
  private static final int MAX_HOPS = 255;

  private static final FileTree EMPTY =
      new FileTree(new DirectoryInode(Metadata.of(0755, Instant.EPOCH)), LinkTable.EMPTY);

  private final Entry root;
  private final LinkTable links;
  private long count; // -1 if not counted yet

  FileTree(Entry root, LinkTable links) {
    this(root, links, -1);
  }

  FileTree(Entry root, LinkTable links, long count) {
    this.root = root;
    this.links = links;
    this.count = count;
  }

  /** Returns a tree of one empty root directory, mode 0755, of 1970-01-01. */
  public static FileTree empty() {
    return EMPTY;
  }

  /**
   * Returns the tree below a host folder, whose own attributes the root gets.
   *
   * <p>Kept are names as bytes, types, mode, owner, group, times to the nanosecond, {@code user.*}
   * attributes and hard links. Contents stay where they are: the files must not change for as long
   * as the tree is used. Directories are read in parallel, by up to 8 threads that end with the
   * call.
   *
   * @throws IOException if the folder can't be read
   */
  public static FileTree ofFolder(Path folder) throws IOException {
    return FolderScan.scan(folder);
  }

  /** Returns the tree whose root is {@code directory}, with all that is in it. */
  public static FileTree of(Node.Directory directory) {
    DirectoryView view = (DirectoryView) directory;
    return new FileTree(view.inode(), view.links());
  }

  Entry rootEntry() {
    return root;
  }

  LinkTable links() {
    return links;
  }

  /** Root and links for a look-up; the tree itself would show them to everybody. */
  private record Frozen(Entry rootEntry, LinkTable links) implements LinkSource {}

  /** Returns the root directory. */
  public Node.Directory root() {
    return (Node.Directory) links.node(root);
  }

  /** Returns what is at {@code path}; no link is followed, not even on the way. */
  public Optional<Node> node(TreePath path) {
    return entry(path).map(links::node);
  }

  private Optional<Entry> entry(TreePath path) {
    Entry entry = root;
    for (byte[] name : path.rawNames()) {
      Entry child =
          links.inode(entry) instanceof DirectoryInode directory ? directory.get(name) : null;
      if (child == null) {
        return Optional.empty();
      }
      entry = child;
    }
    return Optional.of(entry);
  }

  /** The inode at a path that has no links in it. */
  @Nullable
  Inode inodeOrNull(TreePath path) {
    return entry(path).map(links::inode).orElse(null);
  }

  /**
   * Returns what {@code path} leads to. Links on the way are followed, from this root if they are
   * absolute; there may be 40 of them.
   *
   * @param followLast whether a link in the last place is followed too
   * @throws NoSuchFileException if there is nothing
   * @throws NotDirectoryException if something on the way is no directory
   * @throws java.nio.file.FileSystemLoopException if there are too many links
   */
  public Resolved resolve(TreePath path, boolean followLast) throws FileSystemException {
    Located found =
        new Resolver(new Frozen(root, links), Resolver.Missing.FAIL, Access.ALL)
            .locate(path.rawNames(), followLast, path);
    Inode inode = found.inode();
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    return new Resolved(found.path(), inode.node(links));
  }

  /**
   * Returns where {@code path} leads, whether that is there or not: links are followed as if this
   * were the root, {@code ..} is taken where it is met, and what lies below a name that isn't
   * there, or that is no directory, is taken as it is. There may be 255 links, as other container
   * tools allow.
   *
   * @throws FileSystemLoopException if there are more
   */
  public TreePath follow(String path) throws FileSystemLoopException {
    Deque<String> rest = new ArrayDeque<>(List.of(path.split("/", -1)));
    TreePath at = TreePath.ROOT;
    int hops = 0;
    while (!rest.isEmpty()) {
      String name = rest.removeFirst();
      TreePath next = at.resolve("./" + name); // an empty name, . and .. too
      if (!name.equals("..") && node(next).orElse(null) instanceof Node.Symlink link) {
        if (++hops > MAX_HOPS) {
          throw new FileSystemLoopException(path);
        }
        List<String> target = List.of(link.target().split("/", -1));
        for (int i = target.size() - 1; i >= 0; i--) {
          rest.addFirst(target.get(i));
        }
        at = link.target().startsWith("/") ? TreePath.ROOT : at;
      } else {
        at = next;
      }
    }
    return at;
  }

  /** Returns where {@code path} leads, as {@link #follow(String)} does. */
  public TreePath follow(TreePath path) throws FileSystemLoopException {
    return follow(path.toString());
  }

  /**
   * A node and the path it was found at.
   *
   * @param path the path without any link in it
   * @param node what is there
   */
  public record Resolved(TreePath path, Node node) {}

  /**
   * Returns a number that the names of one inode have in common and no other inode of this tree
   * has; empty if {@code path} is the only name, a directory, or nothing.
   */
  public OptionalLong linkId(TreePath path) {
    return linkCount(path) < 2
        ? OptionalLong.empty()
        : OptionalLong.of(((LinkRef) entry(path).orElseThrow()).id);
  }

  /** Returns how many names the inode at {@code path} has: 0 if there is none, mostly 1. */
  public int linkCount(TreePath path) {
    return entry(path).map(links::count).orElse(0);
  }

  /** Returns the number of nodes, the root included. It is counted once. */
  public long size() {
    if (count < 0) {
      long[] n = {0};
      TreeWalk.forEach(this, (path, node) -> n[0]++);
      count = n[0];
    }
    return count;
  }

  /**
   * Gives every path and its node to {@code action}: directories before what is in them, names in
   * byte order, the root first.
   */
  public void forEach(BiConsumer<TreePath, Node> action) {
    TreeWalk.forEach(this, (path, entry) -> action.accept(path, links.node(entry)));
  }

  /**
   * Returns the directory at {@code path} as a tree of its own.
   *
   * @throws NoSuchFileException if there is nothing
   * @throws NotDirectoryException if it is no directory
   */
  public FileTree subtree(TreePath path) throws FileSystemException {
    Node node = node(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    if (!(node instanceof Node.Directory directory)) {
      throw new NotDirectoryException(path.toString());
    }
    return of(directory);
  }

  /**
   * Returns this tree with {@code node}, and all that is in it if it is a directory, in the place
   * of what is at {@code path}. Missing parents are made as by {@link #apply}.
   *
   * @throws FileSystemException if a parent is no directory, or the root would become something
   *     else
   */
  public FileTree graft(TreePath path, Node node) throws IOException {
    LiveTree live = new LiveTree(this, Spill.UNUSED);
    new TreeApply(live).graft(path, node);
    return live.freeze();
  }

  /**
   * Returns this tree with a layer over it, as image-spec's layer.md has it: removals act on this
   * tree only, wherever they stand in the list; a directory over a directory replaces its
   * attributes and keeps the children; anything else replaces what was there. Parents are resolved
   * inside the tree if they are links, and made if they are missing (0755, 0:0, of 1970-01-01).
   * Attributes of parents stay as they are.
   *
   * @throws NoSuchFileException if a hard link's target isn't there; it names both
   * @throws FileSystemException if a parent is no directory, or the root would become something
   *     else
   */
  public FileTree apply(Changes changes) throws IOException {
    LiveTree live = new LiveTree(this, Spill.UNUSED);
    new TreeApply(live).apply(changes);
    return live.freeze();
  }

  /**
   * Returns what has to be done to {@code base} to get this tree, in the order of a walk. What is
   * shared is skipped, and what only looks changed is dropped. A changed inode with several names
   * is put under all of them, so that the layer makes sense on its own.
   */
  public Changes diff(FileTree base) {
    return new TreeDiff(base, this).diff();
  }

  /**
   * Returns what {@code docker diff} shows for this tree on top of {@code base}: sorted by the
   * bytes of the path, with each directory above a change, and one line for a deleted tree.
   */
  public List<PathChange> compare(FileTree base) {
    return new TreeCompare(base, this).compare();
  }

  @Override
  public String toString() {
    return "file tree " + root();
  }
}
