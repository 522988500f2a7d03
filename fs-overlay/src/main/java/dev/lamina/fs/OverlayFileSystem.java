// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A file system over a {@link FileTree}: what is written goes into a copy, the tree stays as it is.
 *
 * <pre>{@code
 * try (OverlayFileSystem fs = OverlayFileSystem.over(tree)) {
 *   Files.writeString(fs.getPath("/hello"), "world");
 *   fs.diff().forEach(System.out::println);   // A /hello
 *   FileTree next = fs.snapshot();            // costs nothing; tree is as it was
 * }
 * }</pre>
 *
 * <p>Thread-safe. Two file systems over one tree don't see each other.
 */
public final class OverlayFileSystem extends FileSystem {
  private final FileTree base;
  private final LiveTree tree;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private OverlayFileSystem(Builder builder) {
    this.base = builder.base;
    this.tree = new LiveTree(base);
  }

  /** Returns a file system over {@code base}, as root and with the system's clock. */
  public static OverlayFileSystem over(FileTree base) {
    return builder(base).build();
  }

  /** Returns a builder of a file system over {@code base}. */
  public static Builder builder(FileTree base) {
    return new Builder(base);
  }

  /** Returns the tree this file system was made over. */
  public FileTree base() {
    return base;
  }

  /**
   * Returns the tree as it is now, which later writes don't change. It costs the same for any size.
   */
  public FileTree snapshot() {
    lock.writeLock().lock();
    try {
      return tree.freeze();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Returns what was changed since the base: {@code snapshot().diff(base())}. */
  public Changes changes() {
    return snapshot().diff(base);
  }

  /** Returns what {@code docker diff} would show: {@code snapshot().compare(base())}. */
  public List<PathChange> diff() {
    return snapshot().compare(base);
  }

  /** An edit of the tree under the lock. */
  private interface Edit {
    void run(TreeApply apply) throws IOException;
  }

  private void edit(Edit edit) throws IOException {
    lock.writeLock().lock();
    try {
      edit.run(new TreeApply(tree));
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Puts a node at a path, as {@link Change.Put} says; parents are followed and made as by {@link
   * FileTree#apply}, and keep their times.
   *
   * @throws FileSystemException as {@link FileTree#apply} does
   */
  public void put(TreePath path, Node node) throws IOException {
    edit(apply -> apply.put(path, node));
  }

  /**
   * Makes {@code path} one more name of what is at {@code target}, as {@link Change.Link} says.
   *
   * @throws FileSystemException as {@link FileTree#apply} does
   */
  public void link(TreePath path, TreePath target) throws IOException {
    edit(apply -> apply.link(path, target));
  }

  /**
   * Removes what is at a path with everything below it; nothing happens if there is nothing.
   *
   * @throws FileSystemException if there are too many links on the way
   */
  public void remove(TreePath path) throws IOException {
    edit(apply -> apply.remove(path));
  }

  /**
   * Lays a layer over what is there, as {@link FileTree#apply} does.
   *
   * @throws FileSystemException as {@link FileTree#apply} does
   */
  public void apply(Changes changes) throws IOException {
    edit(apply -> apply.apply(changes));
  }

  /**
   * Puts a node with everything below it in the place of what is at a path. What is below is
   * shared, so it costs the same for any size, but for hard links in it.
   *
   * @throws FileSystemException as {@link FileTree#graft} does
   */
  public void graft(TreePath path, Node node) throws IOException {
    edit(apply -> apply.graft(path, node));
  }

  @Override
  public FileSystemProvider provider() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(String first, String... more) {
    throw new UnsupportedOperationException();
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  /** Settings of a new file system. Not thread-safe. */
  public static final class Builder {
    private final FileTree base;

    private Builder(FileTree base) {
      this.base = base;
    }

    /** Returns the file system. */
    public OverlayFileSystem build() {
      return new OverlayFileSystem(this);
    }
  }
}
