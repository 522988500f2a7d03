// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.nio.file.FileSystemException;
import java.util.function.Supplier;

/** Counts who has which file of a live tree open. */
final class OpenFiles {
  private final LiveTree tree;

  OpenFiles(LiveTree tree) {
    this.tree = tree;
  }

  /** Opens the file in {@code cell}; {@code place} says where it is if nobody has it open yet. */
  synchronized OpenFile open(Cell cell, Supplier<OpenFile> place) {
    OpenFile file = cell.placeOrNull() instanceof OpenFile known ? known : place.get();
    file.setCell(cell);
    file.acquire();
    return file;
  }

  /** Closes a file once. Under the tree's shared lock. */
  synchronized void close(OpenFile file) {
    if (!file.release()) {
      return;
    }
    Cell cell = file.cell();
    cell.setPlace(null);
    if (file.isDetached()) {
      tree.freeContent(cell);
    } else if (cell.token == tree.token()
        && cell.inode() instanceof FileInode inode
        && inode.content() instanceof FileBuffer buffer
        && buffer.owner() == cell.token) {
      cell.set(inode.withContent(buffer.sealed()));
    }
  }

  /** Gives a file that is only read a cell, and its readers with it. Under the tree's lock. */
  OpenFile copyUp(LowerFile file, Object shown) throws FileSystemException {
    LinkRef link = file.linkOrNull();
    if (link != null && tree.links().getOrNull(link.id) != null) {
      Cell ignored = tree.ownLink(link);
    } else if (link == null && tree.lowerFiles.contains(file)) {
      byte[][] names = file.names();
      Place parent = tree.ownDirectory(names, names.length - 1, shown);
      Cell ignored = tree.own(parent, names[names.length - 1]);
    }
    OpenFile copy = file.copyOrNull();
    if (copy == null) { // it has no name any more, so nobody else can come to it
      copy = new OpenFile(tree, LinkRef.create());
      copy.setCell(new Cell(tree.token(), InodeNumbers.next(), file.inode));
      copy.detach();
      copy.acquire();
      file.setCopy(copy);
    }
    return copy;
  }
}
