// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.TreePath;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * Which entry of which layer is behind each path, as layers are laid over each other. Paths have no
 * links on their way. For one thread.
 */
final class Places {
  private final Place root = new Place();

  private static final class Place {
    private @Nullable StoredEntry name; // gave the path
    private @Nullable StoredEntry inode; // holds the bytes; another's for a hard link
    private @Nullable Map<String, Place> children;

    Collection<Place> children() {
      return children == null ? List.of() : children.values();
    }

    Place child(String name) {
      if (children == null) {
        children = new HashMap<>();
      }
      return children.computeIfAbsent(name, n -> new Place());
    }

    @Nullable
    Place childOrNull(String name) {
      return children == null ? null : children.get(name);
    }

    /** Forgets what is here, and returns the bytes that can't be seen any more through it. */
    long vacate(int step, ChangeKind how) {
      long bytes = inode == null ? 0 : inode.bytes;
      if (inode != null) {
        inode.removeName(step, how);
        bytes = inode.isVisible() ? 0 : bytes;
      }
      if (name != null && name != inode) {
        name.removeName(step, how);
      }
      name = null;
      inode = null;
      return bytes;
    }

    long vacateChildren(int step, ChangeKind how) {
      long bytes = 0;
      for (Place child : children()) {
        bytes += child.vacate(step, how) + child.vacateChildren(step, how);
      }
      children = null;
      return bytes;
    }
  }

  /** Takes a path with all below it away, and returns the bytes this hides. */
  long remove(TreePath path, int step) {
    Place parent = findOrNull(path.parent());
    Place place = parent == null ? null : parent.childOrNull(path.name());
    if (parent == null || place == null || parent.children == null) {
      return 0;
    }
    parent.children.remove(path.name());
    return place.vacate(step, ChangeKind.DELETED) + place.vacateChildren(step, ChangeKind.DELETED);
  }

  /** Puts an entry in the place of what is there; a directory keeps what is in it. */
  void put(TreePath path, StoredEntry entry) {
    Place place = place(path);
    replace(place, entry);
    place.name = entry;
    place.inode = entry;
  }

  /** Makes a path one more name of what is at another. */
  void link(TreePath path, StoredEntry entry, TreePath target) {
    Place old = findOrNull(target);
    StoredEntry inode = old == null ? null : old.inode;
    if (inode != null) {
      inode.addName(); // first: the path may be the target's last name
    }
    Place place = place(path);
    replace(place, entry);
    place.name = entry;
    place.inode = inode == null ? entry : inode;
  }

  private static void replace(Place place, StoredEntry entry) {
    boolean inOneLayer = entry.change == ChangeKind.ADDED;
    long unused = place.vacate(entry.step, inOneLayer ? ChangeKind.CHANGED : entry.change);
    if (entry.type != EntryType.DIRECTORY) {
      unused = place.vacateChildren(entry.step, ChangeKind.DELETED);
    }
  }

  private @Nullable Place findOrNull(TreePath path) {
    Place place = root;
    for (Iterator<String> names = path.names().iterator(); place != null && names.hasNext(); ) {
      place = place.childOrNull(names.next());
    }
    return place;
  }

  private Place place(TreePath path) {
    Place place = root;
    for (String name : path.names()) {
      place = place.child(name);
    }
    return place;
  }
}
