// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.HashMap;
import java.util.Map;

/**
 * Brings the links below a directory of one tree into another. They get new ids: a directory may be
 * adopted twice, and its copies are not linked to each other.
 */
final class LinkAdoption {
  private final LinkTable source;
  private final Map<Long, LinkRef> known = new HashMap<>();
  private LinkTable links;

  LinkAdoption(LinkTable source, LinkTable links) {
    this.source = source;
    this.links = links;
  }

  /** The links of the adopting tree with those that were adopted. */
  LinkTable links() {
    return links;
  }

  DirectoryInode adopt(DirectoryInode from) {
    byte[][] names = new byte[from.entries.size()][];
    Object[] entries = new Object[names.length];
    NameCursor<Entry> cursor = new NameCursor<>(from.entries);
    for (int i = 0; !cursor.atEnd(); cursor.next(), i++) {
      names[i] = cursor.name();
      entries[i] = adopt(cursor.value());
    }
    return from.withEntries(NameMap.ofSorted(names, entries, names.length));
  }

  private Entry adopt(Entry entry) {
    if (entry instanceof LinkRef ref) {
      LinkRef adopted = known.computeIfAbsent(ref.id, id -> LinkRef.create());
      LinkTable.Target target = links.getOrNull(adopted.id);
      int count = target == null ? 0 : target.count();
      links = links.with(adopted.id, new LinkTable.Target(source.inode(entry), count + 1));
      return adopted;
    }
    return entry.hasLinks() && source.inode(entry) instanceof DirectoryInode directory
        ? adopt(directory)
        : entry;
  }
}
