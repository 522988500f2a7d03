// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.TreePath;

/**
 * One thing a layer says.
 *
 * @param path where, with links on the way followed
 * @param type what it is, or was if it is deleted
 * @param change what the step did
 * @param bytes of a file that is stored: its size; of a deletion: the size of the files it hides,
 *     which the layers below still hold; otherwise 0
 * @param goneAt the number of the step from which on the entry is no longer to be seen, or 0 if it
 *     is to be seen in the image. A file with several names is gone when the last name is
 * @param goneBy what that step did to the path: {@link ChangeKind#DELETED}, {@link
 *     ChangeKind#CHANGED} if other bytes took the place, {@link ChangeKind#ATTRIBUTES} or {@link
 *     ChangeKind#AGAIN} if the same bytes were stored once more; {@link ChangeKind#ADDED} if
 *     nothing did
 */
public record ReportEntry(
    TreePath path, EntryType type, ChangeKind change, long bytes, int goneAt, ChangeKind goneBy) {

  /** Returns the bytes that are stored for nothing, because a later step hides them. */
  public long wastedBytes() {
    return goneAt == 0 || change == ChangeKind.DELETED ? 0 : bytes;
  }
}
