// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * Brings the links below a directory of one tree into another. They get new ids: a directory may be
 * adopted twice, and its copies are not linked to each other.
 */
final class LinkAdoption {
  private final LinkTable source;
  private final Map<Long, LinkRef> known = new HashMap<>();
  private final LiveTree tree;

  /** Takes links of one tree, which get into the table of another with those who ask for them. */
  LinkAdoption(LinkTable source, LiveTree tree) {
    this.source = source;
    this.tree = tree;
  }

  /** A directory that is being copied: what of it is done, and where it goes. */
  private static final class Copy {
    final DirectoryInode from;
    final @Nullable Copy parent;
    private final NameCursor<Entry> cursor;
    private final byte[][] names;
    private final Object[] entries;
    private int done;

    Copy(DirectoryInode from, @Nullable Copy parent) {
      this.from = from;
      this.parent = parent;
      this.cursor = new NameCursor<>(from.entries);
      this.names = new byte[from.entries.size()][];
      this.entries = new Object[names.length];
    }

    /** The next entry to be copied, null at the end. */
    @Nullable
    Entry nextOrNull() {
      return cursor.atEnd() ? null : cursor.value();
    }

    void add(Entry entry) {
      names[done] = cursor.name();
      entries[done++] = entry;
      cursor.next();
    }

    DirectoryInode finished() {
      return from.withEntries(NameMap.ofSorted(names, entries, done));
    }
  }

  /** Copies directories that may have links in them; not by recursion, since they may be deep. */
  DirectoryInode adopt(DirectoryInode from) {
    Copy copy = new Copy(from, null);
    while (true) {
      Entry entry = copy.nextOrNull();
      if (entry == null) {
        DirectoryInode finished = copy.finished();
        if (copy.parent == null) {
          return finished;
        }
        copy = copy.parent;
        copy.add(finished);
      } else if (entry instanceof LinkRef ref) {
        copy.add(adopt(ref));
      } else if (entry.hasLinks() && source.inode(entry) instanceof DirectoryInode directory) {
        copy = new Copy(directory, copy);
      } else {
        copy.add(entry);
      }
    }
  }

  /** The name that stands in the other tree for one of this; it is counted as one more. */
  LinkRef adopt(LinkRef ref) {
    LinkRef adopted = known.computeIfAbsent(ref.id, id -> LinkRef.create());
    LinkTable.Target target = tree.links().getOrNull(adopted.id);
    int count = target == null ? 0 : target.count();
    tree.setLinks(
        tree.links().with(adopted.id, new LinkTable.Target(source.inode(ref), count + 1)));
    return adopted;
  }
}
