// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import javax.annotation.Nullable;

/**
 * Numbers of inodes. What a live tree made has the next number of a counter; what it found in its
 * base has a hash of the names from the root, with the top bit clear, which stays with it when it
 * is copied up or moved. Two files would have to share 63 bits of a hash to be taken for one.
 */
final class InodeNumbers {
  static final long ROOT = 2;

  private static final AtomicLong NEXT = new AtomicLong(Long.MIN_VALUE);

  private InodeNumbers() {}

  static long next() {
    return NEXT.incrementAndGet();
  }

  static long link(LinkRef ref) {
    return mix(ref.id * 0x9E3779B97F4A7C15L) & Long.MAX_VALUE;
  }

  /**
   * The number of what was found. A cell has one if it and all directories above it are where their
   * tree put them; a copy of them in another place counts from there.
   */
  static long of(LiveTree tree, Located found) {
    Entry entry = found.entry();
    if (entry instanceof LinkRef ref) {
      LinkTable.Target target = tree.links().getOrNull(ref.id);
      return target != null && target.entry() instanceof Cell cell && tree.isOurs(cell)
          ? cell.number
          : link(ref);
    }
    byte[][] names = found.names();
    Entry here = tree.rootEntry();
    Place place = tree.placeOrNull(here, null, Names.DOT);
    long number = ROOT;
    for (int i = 0; i < names.length; i++) {
      Inode inode = here == null ? null : here.inodeOrNull(tree.links());
      here = inode instanceof DirectoryInode directory ? directory.get(names[i]) : null;
      Entry child = i == names.length - 1 ? entry : here;
      Place parent = place;
      place = parent == null || child == null ? null : tree.placeOrNull(child, parent, names[i]);
      boolean known =
          parent != null
              && child instanceof Cell cell
              && tree.isOurs(cell)
              && (place != null || !(cell.inode() instanceof DirectoryInode));
      number = known ? numberOf(child) : child(number, names[i]);
    }
    return number;
  }

  private static long numberOf(@Nullable Entry cell) {
    return cell instanceof Cell known ? known.number : 0;
  }

  static long child(long parent, byte[] name) {
    return mix(parent * 0xD6E8FEB86659FD93L + Arrays.hashCode(name) * 0x9E3779B97F4A7C15L)
        & Long.MAX_VALUE;
  }

  /** The finaliser of MurmurHash3. */
  private static long mix(long value) {
    long h = value;
    h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
    h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return h ^ (h >>> 33);
  }
}
