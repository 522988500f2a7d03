// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/** All that can be done to the paths of one file system. */
final class Operations {
  final Volume volume;
  final NameEdits names;
  final AttributeEdits attributes;
  final NamedAttributes named;
  private final FileOpener opener;

  Operations(Volume volume) {
    this.volume = volume;
    this.names = new NameEdits(volume);
    this.attributes = new AttributeEdits(volume);
    this.named = new NamedAttributes(this);
    this.opener = new FileOpener(volume, names);
  }

  OverlayChannel open(
      OverlayPath path, Set<? extends OpenOption> options, FileAttribute<?>... initial)
      throws IOException {
    OpenMode mode = OpenMode.of(options);
    FileHandle handle =
        mode.write() ? opener.write(path, mode, initial) : opener.read(path, mode.follow());
    if (mode.deleteOnClose()) {
      opener.unlink(path, mode.follow()); // at once, as the JDK does on Linux
    }
    OverlayChannel channel = new OverlayChannel(volume, opener, path, handle, mode);
    volume.opened(channel);
    return channel;
  }

  /** As {@link #open}; but asynchronous channels don't append. */
  OverlayChannel openAsync(
      OverlayPath path, Set<? extends OpenOption> options, FileAttribute<?>... initial)
      throws IOException {
    if (options.contains(StandardOpenOption.APPEND)) {
      throw Refused.asyncAppend();
    }
    return open(path, options, initial);
  }

  OverlayDirectoryStream newDirectoryStream(
      OverlayPath path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    return newDirectoryStream(path, path, filter, true);
  }

  /** Opens the directory at {@code there}, which is called {@code shown}. */
  OverlayDirectoryStream newDirectoryStream(
      OverlayPath there,
      OverlayPath shown,
      DirectoryStream.Filter<? super Path> filter,
      boolean follow)
      throws IOException {
    DirectoryPlace place = DirectoryPlace.open(volume, there, follow);
    OverlayDirectoryStream stream = new OverlayDirectoryStream(shown, this, filter, place);
    volume.opened(stream);
    return stream;
  }

  OverlayAttributes readAttributes(OverlayPath path, boolean follow) throws IOException {
    Located found = volume.locate(path, follow);
    Inode inode = found.inode();
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    return new OverlayAttributes(volume, found, inode);
  }

  Xattrs xattrs(OverlayPath path, boolean follow) throws IOException {
    Inode inode = volume.inode(path, follow);
    if (!volume.user.mayRead(inode)) {
      throw new AccessDeniedException(path.toString());
    }
    return inode.xattrs();
  }

  OverlayPath readSymbolicLink(OverlayPath path) throws IOException {
    if (!(volume.inode(path, false) instanceof SymlinkInode link)) {
      throw new NotLinkException(path.toString());
    }
    return OverlayPath.parse(path.getFileSystem(), link.rawTarget, link.target());
  }

  void checkAccess(OverlayPath path, AccessMode... modes) throws IOException {
    Inode inode = volume.inode(path, true);
    for (AccessMode mode : modes) {
      boolean may =
          switch (mode) {
            case READ -> volume.user.mayRead(inode);
            case WRITE -> !volume.isReadOnly() && volume.user.mayWrite(inode);
            case EXECUTE -> volume.user.mayExecute(inode);
          };
      if (!may) {
        throw new AccessDeniedException(path.toString());
      }
    }
  }

  boolean isSameFile(OverlayPath a, OverlayPath b) throws IOException {
    return NameEdits.isSame(volume.require(a, true), volume.require(b, true));
  }
}
