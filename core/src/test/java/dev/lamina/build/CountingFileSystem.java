// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;

/** The host's files, read-only, with every look at them counted. */
final class CountingFileSystem extends FileSystem {
  private final FileSystem host;
  private final Provider provider;

  /** How often attributes of a file were read. */
  final AtomicLong stats = new AtomicLong();

  /** How often a directory was listed. */
  final AtomicLong lists = new AtomicLong();

  /** How often a file was opened. */
  final AtomicLong opens = new AtomicLong();

  private CountingFileSystem(FileSystem host) {
    this.host = host;
    this.provider = new Provider();
  }

  /** Returns the path by which the same folder is counted. */
  static Path over(Path folder) {
    CountingFileSystem counting = new CountingFileSystem(folder.getFileSystem());
    return counting.new CountingPath(folder);
  }

  /** Returns the counts behind a path of {@link #over}. */
  static CountingFileSystem of(Path path) {
    return (CountingFileSystem) path.getFileSystem();
  }

  void reset() {
    stats.set(0);
    lists.set(0);
    opens.set(0);
  }

  private static Path host(Path path) {
    return ((CountingPath) path).path;
  }

  private Path wrap(Path path) {
    return path == null ? null : new CountingPath(path);
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public String getSeparator() {
    return host.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return StreamSupport.stream(host.getRootDirectories().spliterator(), false)
        .map(this::wrap)
        .toList();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return host.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(host.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = host.getPathMatcher(pattern);
    return path -> matcher.matches(host(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return host.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  /** A path of the host, with operations that lead to the counts. */
  private final class CountingPath implements Path {
    private final Path path;

    CountingPath(Path path) {
      this.path = path;
    }

    @Override
    public FileSystem getFileSystem() {
      return CountingFileSystem.this;
    }

    @Override
    public boolean isAbsolute() {
      return path.isAbsolute();
    }

    @Override
    public Path getRoot() {
      return wrap(path.getRoot());
    }

    @Override
    public Path getFileName() {
      return wrap(path.getFileName());
    }

    @Override
    public Path getParent() {
      return wrap(path.getParent());
    }

    @Override
    public int getNameCount() {
      return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
      return wrap(path.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
      return wrap(path.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
      return path.startsWith(host(other));
    }

    @Override
    public boolean endsWith(Path other) {
      return path.endsWith(host(other));
    }

    @Override
    public Path normalize() {
      return wrap(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
      return wrap(path.resolve(host(other)));
    }

    @Override
    public Path relativize(Path other) {
      return wrap(path.relativize(host(other)));
    }

    @Override
    public URI toUri() {
      return path.toUri();
    }

    @Override
    public Path toAbsolutePath() {
      return wrap(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
      return wrap(path.toRealPath(options));
    }

    @Override
    public WatchKey register(
        WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
      return path.compareTo(host(other));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof CountingPath counting && counting.path.equals(path);
    }

    @Override
    public int hashCode() {
      return path.hashCode();
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  private final class Provider extends FileSystemProvider {
    private final FileSystemProvider delegate = host.provider();

    @Override
    public String getScheme() {
      return "counting";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(URI uri) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      opens.incrementAndGet();
      return delegate.newByteChannel(host(path), options, attributes);
    }

    @Override
    public FileChannel newFileChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      opens.incrementAndGet();
      return delegate.newFileChannel(host(path), options, attributes);
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
      opens.incrementAndGet();
      return delegate.newInputStream(host(path), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
        Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
      lists.incrementAndGet();
      DirectoryStream<Path> stream =
          delegate.newDirectoryStream(host(directory), path -> filter.accept(wrap(path)));
      return new DirectoryStream<>() {
        @Override
        public Iterator<Path> iterator() {
          return StreamSupport.stream(stream.spliterator(), false)
              .map(CountingFileSystem.this::wrap)
              .iterator();
        }

        @Override
        public void close() throws IOException {
          stream.close();
        }
      };
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(Path path) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
      return delegate.isSameFile(host(one), host(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
      return delegate.isHidden(host(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
      return delegate.getFileStore(host(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
      stats.incrementAndGet();
      delegate.checkAccess(host(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return delegate.getFileAttributeView(host(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(
        Path path, Class<A> type, LinkOption... options) throws IOException {
      stats.incrementAndGet();
      return delegate.readAttributes(host(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
        throws IOException {
      stats.incrementAndGet();
      return delegate.readAttributes(host(path), names, options);
    }

    @Override
    public void setAttribute(Path path, String name, Object value, LinkOption... options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
      return wrap(delegate.readSymbolicLink(host(link)));
    }
  }
}
