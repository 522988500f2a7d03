// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * A directory of a context's folder, whose files are opened where it is and nowhere else: whoever
 * puts a link in its place, or in that of a directory above, after they were looked at, and takes
 * it away again before they are looked at once more, does not lead a build out of the folder.
 *
 * <p>The first time it is opened from the directory above, without following a link; then it is
 * known by its key, and opened by its path. Where Java can open nothing relative to a directory,
 * and in other file systems than the host's, it is its path alone. Thread-safe.
 */
final class HostDirectory {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final @Nullable HostDirectory parent;
  private final Path path;
  private volatile @Nullable Object key;

  /**
   * Takes a directory that was found.
   *
   * @param parent what it was found in; null for the context's folder, which may be anywhere
   */
  HostDirectory(@Nullable HostDirectory parent, Path path) {
    this.parent = parent;
    this.path = path;
  }

  /** Returns its path on the host. */
  Path path() {
    return path;
  }

  /**
   * A file that is open.
   *
   * @param key what tells it from all other files; null if the file system does not say
   */
  record Opened(FileChannel channel, @Nullable Object key) {}

  /**
   * Opens a file that lies in this directory.
   *
   * @param file its path
   * @throws IOException if it is no regular file, or this is no directory of the context's any more
   */
  Opened open(Path file) throws IOException {
    if (file.getFileSystem() == FileSystems.getDefault()) {
      try (DirectoryStream<Path> stream = open()) {
        if (stream instanceof SecureDirectoryStream<Path> directory) {
          return open(directory, file.getFileName(), file);
        }
      } catch (FileSystemException e) {
        throw named(file, e);
      }
    }
    return new Opened(FileChannel.open(file, StandardOpenOption.READ), null);
  }

  private static Opened open(SecureDirectoryStream<Path> directory, Path name, Path file)
      throws IOException {
    BasicFileAttributes attributes =
        directory
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
    if (!attributes.isRegularFile()) {
      throw new IOException(file + ": expected a file that stays as it is, found another kind");
    }
    SeekableByteChannel channel = directory.newByteChannel(name, READ);
    return new Opened((FileChannel) channel, attributes.fileKey());
  }

  /** Opens the directory; who asked closes it. */
  @SuppressWarnings("StreamResourceLeak")
  private DirectoryStream<Path> open() throws IOException {
    Object known = key;
    if (known == null && parent != null) {
      try (DirectoryStream<Path> above = parent.open()) {
        if (above instanceof SecureDirectoryStream<Path> directory) {
          return checked(
              directory.newDirectoryStream(path.getFileName(), LinkOption.NOFOLLOW_LINKS), null);
        }
      }
    }
    return checked(Files.newDirectoryStream(path), known);
  }

  private DirectoryStream<Path> checked(DirectoryStream<Path> stream, @Nullable Object expected)
      throws IOException {
    boolean done = false;
    try {
      if (stream instanceof SecureDirectoryStream<Path> directory) {
        Object found =
            directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
        if (expected != null && !expected.equals(found)) {
          throw new IOException(
              path + ": expected a directory that stays where it is, found another");
        }
        key = found;
      }
      done = true;
      return stream;
    } finally {
      if (!done) {
        stream.close();
      }
    }
  }

  /** Below a directory that is open, Java's exceptions tell the last name only. */
  private static IOException named(Path file, FileSystemException e) {
    IOException named =
        e instanceof NoSuchFileException
            ? new NoSuchFileException(file.toString())
            : e instanceof AccessDeniedException
                ? new AccessDeniedException(file.toString(), null, e.getMessage())
                : new FileSystemException(file.toString(), null, e.getReason());
    named.initCause(e);
    return named;
  }
}
