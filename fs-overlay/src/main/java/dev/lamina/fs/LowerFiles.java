// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who reads inodes that have no cell. When one is copied up, its readers go over to the copy: what
 * is written then is seen by those who had the file open before. (The kernel's overlayfs leaves
 * them with the old file.) Readers are added under the shared lock of the tree, the rest happens
 * under the exclusive one.
 */
final class LowerFiles {
  private final Set<LowerFile> open = ConcurrentHashMap.newKeySet();

  void add(LowerFile file) {
    open.add(file);
  }

  void remove(LowerFile file) {
    open.remove(file);
  }

  boolean contains(LowerFile file) {
    return open.contains(file);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** {@code inode} is copied into {@code cell}. */
  void copyUp(Inode inode, Place directory, byte[] name, Cell cell) {
    if (open.isEmpty()) {
      return;
    }
    byte[][] names = null;
    OpenFile copy = null;
    for (LowerFile file : open) {
      if (file.inode != inode) {
        continue;
      }
      if (names == null) {
        byte[][] parent = directory.namesOrNull();
        if (parent == null) {
          return;
        }
        names = Names.append(parent, name);
      }
      if (file.isAt(names)) {
        copy = copy != null ? copy : new OpenFile(directory, name);
        follow(file, copy, cell);
      }
    }
  }

  /** The inode {@code link} leads to is copied into {@code cell}. */
  void copyUp(LinkRef link, LiveTree tree, Cell cell) {
    OpenFile copy = null;
    for (LowerFile file : open) {
      if (file.isLink(link)) {
        copy = copy != null ? copy : new OpenFile(tree, link);
        follow(file, copy, cell);
      }
    }
  }

  private void follow(LowerFile file, OpenFile copy, Cell cell) {
    copy.setCell(cell);
    copy.acquire();
    file.setCopy(copy);
    open.remove(file);
  }

  /** What was at {@code names}, or below, has lost its name; nobody can change it any more. */
  void detachBelow(byte[][] names) {
    open.removeIf(file -> file.isBelow(names));
  }

  /** The last name of an inode is gone. */
  void detach(LinkRef link) {
    if (!open.isEmpty()) {
      open.removeIf(file -> file.isLink(link));
    }
  }

  void detachAll() {
    open.clear();
  }

  /** What was at {@code from} is at {@code to} now. */
  void move(byte[][] from, byte[][] to) {
    for (LowerFile file : open) {
      if (file.isBelow(from)) {
        file.move(from, to);
      }
    }
  }
}
