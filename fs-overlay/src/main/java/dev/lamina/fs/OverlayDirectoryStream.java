// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * An open directory: its entries as they were when it was opened, in byte order.
 *
 * <p>Operations on relative paths start at the directory wherever it has been moved to. Paths
 * handed to them must not climb out of it.
 */
final class OverlayDirectoryStream implements SecureDirectoryStream<Path> {
  private final OverlayPath path;
  private final Operations operations;
  private final DirectoryStream.Filter<? super Path> filter;
  private final DirectoryPlace place;
  private volatile boolean closed;
  private boolean iterated;

  OverlayDirectoryStream(
      OverlayPath path,
      Operations operations,
      DirectoryStream.Filter<? super Path> filter,
      DirectoryPlace place) {
    this.path = path;
    this.operations = operations;
    this.filter = filter;
    this.place = place;
  }

  @Override
  public synchronized Iterator<Path> iterator() {
    if (closed || iterated) {
      throw new IllegalStateException(closed ? "closed" : "a directory is iterated once");
    }
    iterated = true;
    return new Entries(new NameCursor<>(place.entries()));
  }

  private final class Entries implements Iterator<Path> {
    private final NameCursor<Entry> cursor;
    private @Nullable OverlayPath next;

    Entries(NameCursor<Entry> cursor) {
      this.cursor = cursor;
    }

    @Override
    public boolean hasNext() {
      while (next == null && !closed && !cursor.atEnd()) {
        OverlayPath candidate = path.child(cursor.name());
        cursor.next();
        try {
          if (filter.accept(candidate)) {
            next = candidate;
          }
        } catch (IOException e) {
          throw new DirectoryIteratorException(e);
        }
      }
      return next != null;
    }

    @Override
    public Path next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      OverlayPath given = next;
      next = null;
      return given;
    }
  }

  /** Where {@code relative} is now; an absolute path stands for itself. */
  private OverlayPath here(Path relative) throws IOException {
    if (closed) {
      throw new ClosedDirectoryStreamException();
    }
    OverlayPath given = OverlayPath.of(relative);
    return given.isAbsolute() ? given : place.path().resolve(given);
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path directory, LinkOption... options)
      throws IOException {
    OverlayPath there = here(directory);
    boolean follow = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
    return operations.newDirectoryStream(there, path.resolve(directory), any -> true, follow);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path file, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return operations.open(here(file), options, attributes);
  }

  @Override
  public void deleteFile(Path file) throws IOException {
    OverlayPath there = here(file);
    if (operations.volume.inode(there, false) instanceof DirectoryInode) {
      throw new FileSystemException(there.toString(), null, "is a directory");
    }
    operations.names.delete(there);
  }

  @Override
  public void deleteDirectory(Path directory) throws IOException {
    OverlayPath there = here(directory);
    Inode inode = operations.volume.inode(there, false);
    if (!(inode instanceof DirectoryInode found)) {
      throw new NotDirectoryException(there.toString());
    }
    if (!found.entries.isEmpty()) {
      throw new DirectoryNotEmptyException(there.toString());
    }
    operations.names.delete(there);
  }

  @Override
  public void move(Path source, SecureDirectoryStream<Path> targetDirectory, Path target)
      throws IOException {
    if (!(targetDirectory instanceof OverlayDirectoryStream other)) {
      throw new ProviderMismatchException();
    }
    operations.names.move(here(source), other.here(target), true, true);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
    return type.cast(OverlayViews.of(place.pathOr(path), type, true));
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path file, Class<V> type, LinkOption... options) {
    boolean follow = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
    OverlayPath given = OverlayPath.of(file);
    OverlayPath there = given.isAbsolute() ? given : place.pathOr(path).resolve(given);
    return type.cast(OverlayViews.of(there, type, follow));
  }

  @Override
  public void close() {
    closed = true;
    place.close();
    operations.volume.closed(this);
  }
}
