// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories that are watched, by the names they had when they were registered: one that is
 * deleted or moved away is watched no more.
 */
final class Watchers {
  private final Set<OverlayWatchKey> keys = ConcurrentHashMap.newKeySet();

  void add(OverlayWatchKey key) {
    keys.add(key);
  }

  void remove(OverlayWatchKey key) {
    keys.remove(key);
  }

  /** Something happened to a name. */
  void changed(byte[][] names, ChangeKind kind) {
    if (names.length == 0 || keys.isEmpty()) {
      return;
    }
    for (OverlayWatchKey key : keys) {
      if (key.isParentOf(names)) {
        key.signal(names[names.length - 1], kind);
      } else if (kind == ChangeKind.DELETED && key.isWithin(names)) {
        key.end();
      }
    }
  }

  /** Bytes were written to a file that is open. */
  void modified(OpenFile file) {
    if (!keys.isEmpty()) {
      byte[][] names = file.watchedAsOrNull();
      if (names != null) {
        changed(names, ChangeKind.MODIFIED);
      }
    }
  }
}
