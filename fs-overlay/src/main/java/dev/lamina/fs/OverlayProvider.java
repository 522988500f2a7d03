// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import javax.annotation.Nullable;

/**
 * NIO's way to {@link OverlayFileSystem}, for URIs with the scheme {@code lamina}:
 *
 * <pre>{@code
 * FileSystems.newFileSystem(URI.create("lamina://scratch/"), Map.of("base", Path.of("rootfs")));
 * Path.of(URI.create("lamina://scratch/etc/hosts"));
 * }</pre>
 *
 * <p>The authority is the name of an open file system. {@code newFileSystem} takes the entry {@code
 * base}, a {@link FileTree} or the {@link Path} of a host folder, and {@code readOnly}, a {@link
 * Boolean}; there may be none.
 *
 * <p>Thread-safe. {@code ServiceLoader} makes it; use {@link OverlayFileSystem} directly.
 */
public final class OverlayProvider extends FileSystemProvider {
  static final OverlayProvider INSTANCE = new OverlayProvider();

  /** For {@code ServiceLoader}. */
  public OverlayProvider() {}

  @Override
  public String getScheme() {
    return OverlayUris.SCHEME;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    String name = OverlayUris.fileSystem(uri);
    OverlayFileSystem.Builder settings =
        OverlayFileSystem.builder(base(env.get("base"))).name(name);
    if (Boolean.TRUE.equals(env.get("readOnly"))) {
      settings.readOnly();
    }
    if (OpenFileSystems.getOrNull(name) != null) {
      throw new FileSystemAlreadyExistsException(name);
    }
    return settings.build();
  }

  private static FileTree base(@Nullable Object base) throws IOException {
    if (base == null) {
      return FileTree.empty();
    }
    if (base instanceof FileTree tree) {
      return tree;
    }
    if (base instanceof Path folder) {
      return FileTree.ofFolder(folder);
    }
    throw new IllegalArgumentException("base: expected a FileTree or a Path, found " + base);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    String name = OverlayUris.fileSystem(uri);
    OverlayFileSystem fs = OpenFileSystems.getOrNull(name);
    if (fs == null) {
      throw new FileSystemNotFoundException(name);
    }
    return fs;
  }

  @Override
  public Path getPath(URI uri) {
    OverlayFileSystem fs = (OverlayFileSystem) getFileSystem(uri);
    byte[] path = OverlayUris.path(uri);
    return OverlayPath.parse(fs, path, FileNames.decode(path));
  }

  private static Operations operations(OverlayPath path) {
    return path.getFileSystem().operations();
  }

  private static boolean follows(LinkOption... options) {
    for (LinkOption option : options) {
      Objects.requireNonNull(option);
    }
    return options.length == 0;
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    return operations(ours).open(ours, options, attributes);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    OverlayChannel channel = operations(ours).openAsync(ours, options, attributes);
    return new OverlayAsyncChannel(channel, executor == null ? AsyncThreads.POOL : executor);
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    return Channels.newInputStream(newByteChannel(path, readOptions(options)));
  }

  private static Set<OpenOption> readOptions(OpenOption... options) {
    Set<OpenOption> set = Set.copyOf(Arrays.asList(options));
    if (OpenMode.of(set).write()) {
      throw Refused.writingInputStream();
    }
    return set;
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    return operations(ours).newDirectoryStream(ours, Objects.requireNonNull(filter));
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    operations(ours).names.createDirectory(ours, attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    if (attributes.length > 0) {
      throw Refused.initialLinkAttributes();
    }
    OverlayPath ours = OverlayPath.of(link);
    operations(ours).names.createSymbolicLink(ours, OverlayPath.of(target));
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    OverlayPath ours = OverlayPath.of(link);
    operations(ours).names.createLink(ours, sameFileSystem(ours, existing));
  }

  private static OverlayPath sameFileSystem(OverlayPath path, Path other) {
    OverlayPath ours = OverlayPath.of(other);
    if (ours.getFileSystem() != path.getFileSystem()) {
      throw new ProviderMismatchException("another file system: " + other.toUri());
    }
    return ours;
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    OverlayPath ours = OverlayPath.of(link);
    return operations(ours).readSymbolicLink(ours);
  }

  @Override
  public void delete(Path path) throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    operations(ours).names.delete(ours);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    List<CopyOption> chosen = checked(options);
    if (chosen.contains(StandardCopyOption.ATOMIC_MOVE)) {
      throw Refused.atomicCopy();
    }
    PathCopy.copy(
        OverlayPath.of(source),
        OverlayPath.of(target),
        chosen.contains(StandardCopyOption.REPLACE_EXISTING),
        chosen.contains(StandardCopyOption.COPY_ATTRIBUTES),
        !chosen.contains(LinkOption.NOFOLLOW_LINKS));
  }

  private static List<CopyOption> checked(CopyOption... options) {
    for (CopyOption option : options) {
      if (option == null) {
        throw new NullPointerException("copy option");
      }
      if (!(option instanceof StandardCopyOption) && !(option instanceof LinkOption)) {
        throw Refused.copyOption(option);
      }
    }
    return List.of(options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    List<CopyOption> chosen = checked(options);
    if (chosen.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
      throw Refused.moveWithAttributes();
    }
    boolean atomic = chosen.contains(StandardCopyOption.ATOMIC_MOVE);
    boolean replace = atomic || chosen.contains(StandardCopyOption.REPLACE_EXISTING);
    OverlayPath from = OverlayPath.of(source);
    OverlayPath to = OverlayPath.of(target);
    if (from.getFileSystem() == to.getFileSystem()) {
      operations(from).names.move(from, to, atomic, replace);
    } else if (atomic) {
      throw new AtomicMoveNotSupportedException(
          from.toString(), to.toString(), "the target is in another file system");
    } else {
      PathCopy.moveAcross(from, to, replace);
    }
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    if (ours.equals(other)) {
      return true;
    }
    if (!(other instanceof OverlayPath theirs) || theirs.getFileSystem() != ours.getFileSystem()) {
      return false;
    }
    return operations(ours).isSameFile(ours, theirs);
  }

  @Override
  public boolean isHidden(Path path) {
    OverlayPath name = OverlayPath.of(path).getFileName();
    return name != null && name.toString().startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    Inode ignored = operations(ours).volume.inode(ours, true);
    return ours.getFileSystem().store();
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    operations(ours).checkAccess(ours, modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return type.cast(OverlayViews.of(OverlayPath.of(path), type, follows(options)));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
      Objects.requireNonNull(type);
      throw Refused.attributes(type);
    }
    OverlayPath ours = OverlayPath.of(path);
    return type.cast(operations(ours).readAttributes(ours, follows(options)));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    return operations(ours).named.read(ours, follows(options), attributes);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    OverlayPath ours = OverlayPath.of(path);
    operations(ours).named.set(ours, follows(options), attribute, value);
  }
}
