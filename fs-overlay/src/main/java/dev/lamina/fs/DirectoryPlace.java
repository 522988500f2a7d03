// SPDX-License-Identifier: Apache-2.0
package dev.lamina.fs;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import javax.annotation.Nullable;

/** A directory that is found again after it was moved. */
final class DirectoryPlace {
  private final Volume volume;
  private final OverlayPath path;
  private volatile @Nullable Place place;

  /**
   * The directory {@code path} leads to now; it has an identity from the first {@link #path} on.
   */
  DirectoryPlace(Volume volume, OverlayPath path) {
    this.volume = volume;
    this.path = path;
  }

  /** A path that leads to it now. */
  OverlayPath path() throws IOException {
    volume.tree.lock.writeLock().lock();
    try {
      Place known = place;
      if (known == null) {
        Located found = volume.require(path, true);
        known = volume.tree.ownDirectory(found.names(), found.names().length, path);
        place = known;
      }
      byte[][] names = known.namesOrNull();
      if (names == null) {
        throw new NoSuchFileException(path.toString(), null, "the directory was deleted");
      }
      return new OverlayPath(path.getFileSystem(), true, names);
    } finally {
      volume.tree.lock.writeLock().unlock();
    }
  }

  /** As {@link #path}, or {@code other} if it is gone: then what is done there fails. */
  OverlayPath pathOr(OverlayPath other) {
    try {
      return path();
    } catch (IOException e) {
      return other;
    }
  }
}
