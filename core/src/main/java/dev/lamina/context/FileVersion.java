// SPDX-License-Identifier: Apache-2.0
package dev.lamina.context;

import dev.lamina.fs.HostStat;
import java.time.Instant;
import javax.annotation.Nullable;

/**
 * What tells one content of a file from another without reading it.
 *
 * @param device the file system's number
 * @param inode the file's number there; 0 if the file system has none
 * @param size number of bytes
 * @param modified when the content was last changed
 * @param changed when content or attributes were last changed, which no program can set back
 */
public record FileVersion(long device, long inode, long size, Instant modified, Instant changed) {

  // A record's own equals and hashCode are linked anew in each JVM, which takes milliseconds.
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof FileVersion other
        && inode == other.inode
        && device == other.device
        && size == other.size
        && modified.equals(other.modified)
        && changed.equals(other.changed);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(inode * 31 + size) + changed.hashCode();
  }

  static FileVersion of(HostStat stat) {
    return new FileVersion(
        stat.device(), stat.inode(), stat.size(), stat.modified(), stat.changed());
  }

  /** Returns whether two contents never have one version: only an inode and its times tell that. */
  public boolean isTelling() {
    return inode != 0;
  }

  /** Returns whether the file was last changed before {@code time}. */
  public boolean isBefore(Instant time) {
    return modified.isBefore(time) && changed.isBefore(time);
  }
}
