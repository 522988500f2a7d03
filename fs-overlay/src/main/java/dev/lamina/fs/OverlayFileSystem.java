// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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
 * <p>It behaves like a file system of Linux under {@link java.nio.file.Files}: hard links (which
 * are kept when a file is copied up), symbolic links, owners, modes, times to the nanosecond,
 * extended attributes. Besides NIO's views it has {@code unix} (as the JDK's own) and {@code
 * xattr}, where the attributes of all name spaces have their full names: {@code
 * xattr:security.capability}.
 *
 * <p>It does not: keep times of access or of creation (both are that of the last modification), map
 * a file {@code READ_WRITE} (contents are shared between trees; {@code PRIVATE} maps work), or open
 * devices, pipes and sockets. What NIO lets a provider refuse and the JDK's own refuses on Linux is
 * refused here too, with {@link UnsupportedOperationException} and a message that says what there
 * is instead: unknown options, views, attributes and pattern syntaxes, {@code APPEND} on an
 * asynchronous channel, an input stream that writes, an atomic copy, initial attributes of a
 * symbolic link.
 *
 * <p>Thread-safe. Readers don't wait for each other, nor for writers. Two file systems over one
 * tree don't see each other. Once closed, everything throws {@link
 * java.nio.file.ClosedFileSystemException}, but for {@link #snapshot} and what it makes.
 */
public final class OverlayFileSystem extends FileSystem {
  private final FileTree base;
  private final Volume volume;
  private final Operations operations;
  private final String name;
  private final OverlayFileStore store;
  private final OverlayPath root = new OverlayPath(this, true, Names.NONE);

  private OverlayFileSystem(Builder settings) {
    this.base = settings.base;
    this.volume = new Volume(settings);
    this.operations = new Operations(volume);
    this.name = settings.name.isEmpty() ? "fs-" + volume.id() : settings.name;
    this.store = new OverlayFileStore(this, settings.tempFolder);
  }

  /** Returns a file system over {@code base}, as root and with the system's clock. */
  public static OverlayFileSystem over(FileTree base) {
    return builder(base).build();
  }

  /**
   * Returns a file system that shows {@code base} and nothing else, as root: all that would write
   * throws {@link java.nio.file.ReadOnlyFileSystemException}.
   */
  public static OverlayFileSystem readOnly(FileTree base) {
    return builder(base).readOnly().build();
  }

  /** Returns a builder of a file system over {@code base}. */
  public static Builder builder(FileTree base) {
    return new Builder(base);
  }

  Volume volume() {
    return volume;
  }

  Operations operations() {
    return operations;
  }

  FileStore store() {
    return store;
  }

  /** The name in URIs, by which it can be found from now on. */
  String name() {
    boolean ignored = OpenFileSystems.add(name, this);
    return name;
  }

  /** Returns the tree this file system was made over. */
  public FileTree base() {
    return base;
  }

  /**
   * Returns the tree as it is now, which later writes don't change. It costs the same for any size,
   * and works after {@link #close} too.
   */
  public FileTree snapshot() {
    volume.tree.lock.writeLock().lock();
    try {
      return volume.tree.freeze();
    } finally {
      volume.tree.lock.writeLock().unlock();
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
    Object ignored =
        volume.edit(
            () -> {
              edit.run(new TreeApply(volume.tree));
              return edit;
            });
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
   * Lays a layer over what is there, as {@link FileTree#apply} does. If it throws, nothing has
   * changed.
   *
   * @throws FileSystemException as {@link FileTree#apply} does
   */
  public void apply(Changes changes) throws IOException {
    edit(
        apply -> {
          FileTree before = volume.tree.freeze();
          boolean done = false;
          try {
            apply.apply(changes);
            done = true;
          } finally {
            if (!done) {
              volume.tree.reset(before);
            }
          }
        });
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
    return OverlayProvider.INSTANCE;
  }

  /** Closes it with all its channels and streams. Temporary files go when no content needs them. */
  @Override
  public void close() throws IOException {
    volume.close();
    OpenFileSystems.remove(name, this);
  }

  @Override
  public boolean isOpen() {
    return volume.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return volume.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    volume.checkOpen();
    return List.of(root);
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    volume.checkOpen();
    return List.of(store);
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return NamedAttributes.VIEWS;
  }

  /** Returns a path; a relative one starts at the root. See {@link FileNames} for unusual bytes. */
  @Override
  public Path getPath(String first, String... more) {
    volume.checkOpen();
    StringBuilder path = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        path.append(path.length() > 0 ? "/" : "").append(part);
      }
    }
    return OverlayPath.parse(this, path.toString());
  }

  /** Returns the NIO path for a path of a tree. */
  public Path getPath(TreePath path) {
    return new OverlayPath(this, true, path.rawNames());
  }

  /** Supports {@code glob} and {@code regex}. */
  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    volume.checkOpen();
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("expected syntax:pattern, found " + syntaxAndPattern);
    }
    String syntax = syntaxAndPattern.substring(0, colon);
    String pattern = syntaxAndPattern.substring(colon + 1);
    String regex;
    if (syntax.equalsIgnoreCase("glob")) {
      regex = Glob.toRegex(pattern);
    } else if (syntax.equalsIgnoreCase("regex")) {
      regex = pattern;
    } else {
      throw Refused.patternSyntax(syntax);
    }
    Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
    return path -> compiled.matcher(path.toString()).matches();
  }

  /** Looks names up in the tree's own {@code /etc/passwd} and {@code /etc/group}. */
  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return volume.principals;
  }

  /** Returns a service that is told at once what is done through this file system. */
  @Override
  public WatchService newWatchService() throws IOException {
    volume.checkOpen();
    OverlayWatchService service = new OverlayWatchService(volume, root);
    volume.opened(service);
    return service;
  }

  @Override
  public String toString() {
    return OverlayUris.SCHEME + "://" + name;
  }

  /** Settings of a new file system. Not thread-safe. */
  public static final class Builder {
    final FileTree base;
    User user = User.ROOT;
    int umask = 0022;
    Clock clock = Clock.systemUTC();
    boolean readOnly;
    Path tempFolder = Path.of(System.getProperty("java.io.tmpdir"));
    long threshold = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);
    String refusedPrefix = "";
    private String name = "";

    private Builder(FileTree base) {
      this.base = base;
    }

    /** Makes all that would write throw {@link java.nio.file.ReadOnlyFileSystemException}. */
    @CanIgnoreReturnValue
    public Builder readOnly() {
      readOnly = true;
      return this;
    }

    /** Takes the times of modification from {@code newClock} instead of the system's. */
    @CanIgnoreReturnValue
    public Builder clock(Clock newClock) {
      clock = newClock;
      return this;
    }

    /**
     * Acts as a user: permissions are checked, and new files are his. Without this, everything is
     * allowed and new files are root's. The node-level operations are not checked.
     *
     * @param uid 0 to 4294967295; 0 may do everything
     * @param gid his group
     * @param groups his other groups
     */
    @CanIgnoreReturnValue
    public Builder actingAs(long uid, long gid, long... groups) {
      Metadata ids = Metadata.of(0, Instant.EPOCH).withOwner(uid, gid);
      user =
          new User(ids.uid(), ids.gid(), Set.copyOf(Arrays.stream(groups).boxed().toList()), true);
      return this;
    }

    /** Sets whether what the user may not do is refused; he owns what he makes in any case. */
    @CanIgnoreReturnValue
    public Builder checks(boolean on) {
      user = new User(user.uid(), user.gid(), user.groups(), on);
      return this;
    }

    /**
     * Sets the permission bits that new files don't get; 0022 if this isn't called.
     *
     * @param mask 0 to 0777
     */
    @CanIgnoreReturnValue
    public Builder umask(int mask) {
      if ((mask & ~0777) != 0) {
        throw new IllegalArgumentException(
            String.format("umask: expected 0 to 0777, found 0%o", mask));
      }
      umask = mask;
      return this;
    }

    /**
     * Sets how many written bytes are kept in memory before others go to a temporary file: 256 MiB
     * or a quarter of the heap if this isn't called.
     */
    @CanIgnoreReturnValue
    public Builder memoryThreshold(long bytes) {
      threshold = bytes;
      return this;
    }

    /** Sets the folder for the temporary file, instead of {@code java.io.tmpdir}. */
    @CanIgnoreReturnValue
    public Builder tempFolder(Path folder) {
      tempFolder = folder;
      return this;
    }

    /**
     * Refuses new names that begin with {@code prefix}, as {@code .wh.} in what becomes a layer.
     * The node-level operations are not checked.
     */
    @CanIgnoreReturnValue
    public Builder refusedPrefix(String prefix) {
      refusedPrefix = prefix;
      return this;
    }

    /**
     * Sets the name in URIs, {@code lamina://NAME/}: letters, digits, {@code -}, {@code _} and
     * {@code .}. Without this, a number makes one.
     *
     * @throws IllegalArgumentException if there are other characters in it
     */
    @CanIgnoreReturnValue
    public Builder name(String newName) {
      if (!newName.matches("[A-Za-z0-9._-]+")) {
        throw new IllegalArgumentException("name of a file system: found '" + newName + "'");
      }
      name = newName;
      return this;
    }

    /**
     * Returns the file system.
     *
     * @throws FileSystemAlreadyExistsException if an open one has the name that was set
     */
    public OverlayFileSystem build() {
      OverlayFileSystem fs = new OverlayFileSystem(this);
      if (!name.isEmpty() && !OpenFileSystems.add(name, fs)) {
        throw new FileSystemAlreadyExistsException(name);
      }
      return fs;
    }
  }
}
