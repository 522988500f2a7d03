// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileAttribute;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.annotation.Nullable;

/** Operations that make names, take them away or move them. */
final class NameEdits {
  private final Volume volume;
  private final LiveTree tree;

  NameEdits(Volume volume) {
    this.volume = volume;
    this.tree = volume.tree;
  }

  void createDirectory(OverlayPath path, FileAttribute<?>... attributes) throws IOException {
    int mode = InitialMode.of(0777, attributes);
    create(path, (parent, now) -> new DirectoryInode(volume.newMetadata(parent, mode, true, now)));
  }

  void createSymbolicLink(OverlayPath path, OverlayPath target) throws IOException {
    byte[] bytes = FileNames.encode(target.toString());
    if (bytes.length == 0) {
      throw new NoSuchFileException(path.toString(), null, "the target is empty");
    }
    create(
        path,
        (parent, now) ->
            new SymlinkInode(volume.newMetadata(parent, 0777, false, now).withMode(0777), bytes));
  }

  /** Makes the inode that a new name gets. */
  private interface Making {
    Inode make(DirectoryInode parent, Instant now);
  }

  private void create(OverlayPath path, Making making) throws IOException {
    Located created =
        volume.edit(
            () -> {
              Located found = volume.locate(path, false);
              Place directory = ownNewName(found, path);
              Instant now = volume.now();
              Cell ignored =
                  tree.names.create(
                      directory, found.name(), making.make(directory.cell().directory(), now));
              volume.touch(directory, now);
              return found;
            });
    volume.changed(created, ChangeKind.CREATED);
  }

  /** The directory in which a name is to be made that must not exist yet. */
  private Place ownNewName(Located found, OverlayPath path) throws IOException {
    if (found.exists()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    volume.checkName(found.name(), path);
    return volume.ownParent(found, path);
  }

  void createLink(OverlayPath path, OverlayPath existing) throws IOException {
    Located created =
        volume.edit(
            () -> {
              Located target = volume.require(existing, false);
              Located found = volume.locate(path, false);
              Place directory = ownNewName(found, path);
              if (target.inode() instanceof DirectoryInode) {
                throw new FileSystemException(
                    path.toString(), existing.toString(), "a directory has one name only");
              }
              Place from = tree.ownDirectory(target.names(), target.names().length - 1, existing);
              tree.names.put(directory, found.name(), tree.names.share(from, target.name()));
              Instant now = volume.now();
              volume.touch(directory, now);
              Cell inode = tree.own(directory, found.name());
              inode.set(inode.inode(), Volume.nanos(now));
              return found;
            });
    volume.changed(created, ChangeKind.CREATED);
  }

  void delete(OverlayPath path) throws IOException {
    Located deleted =
        volume.edit(
            () -> {
              Located found = volume.require(path, false);
              delete(found, path);
              return found;
            });
    volume.changed(deleted, ChangeKind.DELETED);
  }

  /** Deletes what was found. Under the lock. */
  void delete(Located found, OverlayPath path) throws IOException {
    checkDeletable(found, path);
    Place parent = volume.ownParent(found, path);
    Entry entry = found.entry();
    tree.names.remove(parent, found.name());
    Instant now = volume.now();
    volume.touch(parent, now);
    if (entry instanceof LinkRef ref && tree.links().getOrNull(ref.id) != null) {
      Cell left = tree.ownLink(ref);
      left.set(left.inode(), Volume.nanos(now));
    }
  }

  private void checkDeletable(Located found, OverlayPath path) throws IOException {
    if (path.endsWith("..")) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    checkRemovable(found, path);
    if (found.inode() instanceof DirectoryInode directory && !directory.entries.isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
  }

  private void checkRemovable(Located found, OverlayPath path) throws IOException {
    checkLastName(path);
    DirectoryInode parent = found.parent();
    Inode inode = found.inode();
    if (parent == null || inode == null) {
      throw new FileSystemException(path.toString(), null, "the root cannot be removed");
    }
    if (!volume.user.mayRemove(parent, inode)) {
      throw new AccessDeniedException(path.toString());
    }
  }

  private static void checkLastName(OverlayPath path) throws FileSystemException {
    byte[][] names = path.rawNames();
    if (names.length > 0 && Names.isDots(names[names.length - 1])) {
      throw new FileSystemException(path.toString(), null, "the last name is . or ..");
    }
  }

  /**
   * Moves as rename(2) does: what the target is, is replaced at once.
   *
   * @param atomic true for rename's own exceptions, false for those of {@code Files.move}
   * @param replace whether there may be something at the target
   */
  void move(OverlayPath source, OverlayPath target, boolean atomic, boolean replace)
      throws IOException {
    Optional<Move> moved =
        volume.edit(
            () -> {
              Located from = atomic ? volume.locate(source, false) : volume.require(source, false);
              Located to = volume.locate(target, false);
              if (atomic) {
                checkLastName(source);
                checkLastName(target);
              }
              if (!from.exists()) {
                throw new NoSuchFileException(source.toString());
              }
              return isSame(from, to)
                  ? Optional.empty()
                  : Optional.of(move(source, from, target, to, atomic, replace));
            });
    moved.ifPresent(
        move -> {
          volume.changed(move.from(), ChangeKind.DELETED);
          volume.changed(move.to(), ChangeKind.CREATED);
        });
  }

  private record Move(Located from, Located to) {}

  private Move move(
      OverlayPath source,
      Located from,
      OverlayPath target,
      Located to,
      boolean atomic,
      boolean replace)
      throws IOException {
    if (to.exists() && !replace) {
      throw new FileAlreadyExistsException(target.toString());
    }
    if (to.exists() && !atomic) {
      checkDeletable(to, target); // Files.move says what is wrong with the target first
    }
    checkRemovable(from, source);
    if (!to.exists()) {
      volume.checkName(to.name(), target);
    } else if (atomic) {
      checkSameKind(source, from, target, to);
    }
    if (from.inode() instanceof DirectoryInode && Names.startsWith(to.names(), from.names())) {
      throw new FileSystemException(
          source.toString(), target.toString(), "a directory cannot be moved into itself");
    }
    checkLeavable(source, from, to);
    if (atomic && to.inode() instanceof DirectoryInode old && !old.entries.isEmpty()) {
      throw new FileSystemException(
          source.toString(), target.toString(), "the target directory is not empty");
    }
    Place newParent = volume.ownParent(to, target);
    Place oldParent = volume.ownParent(from, source);
    Instant now = volume.now();
    tree.names.move(oldParent, from.name(), newParent, to.name(), Volume.nanos(now));
    volume.touch(newParent, now);
    volume.touch(oldParent, now);
    return new Move(from, to);
  }

  private void checkSameKind(OverlayPath source, Located from, OverlayPath target, Located to)
      throws IOException {
    checkRemovable(to, target);
    boolean toDirectory = to.inode() instanceof DirectoryInode;
    if (from.inode() instanceof DirectoryInode != toDirectory) {
      throw new FileSystemException(
          source.toString(),
          target.toString(),
          toDirectory ? "the target is a directory" : "the target is not a directory");
    }
  }

  /** A directory that goes elsewhere is written to: its {@code ..} changes. */
  private void checkLeavable(OverlayPath source, Located from, Located to)
      throws AccessDeniedException {
    byte[][] old = from.names();
    boolean stays = old.length == to.names().length && Names.startsWith(to.names(), parent(old));
    if (!stays
        && from.inode() instanceof DirectoryInode directory
        && !volume.user.mayWrite(directory)) {
      throw new AccessDeniedException(source.toString());
    }
  }

  private static byte[][] parent(byte[][] names) {
    return Arrays.copyOf(names, names.length - 1);
  }

  /** Whether both are names of one inode. */
  static boolean isSame(Located a, Located b) {
    return b.exists() && (Names.same(a.names(), b.names()) || isSameLink(a.entry(), b.entry()));
  }

  private static boolean isSameLink(@Nullable Entry a, @Nullable Entry b) {
    return a instanceof LinkRef x && b instanceof LinkRef y && x.id == y.id;
  }
}
