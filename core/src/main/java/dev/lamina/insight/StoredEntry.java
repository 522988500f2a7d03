// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.Content;
import dev.lamina.fs.TreePath;
import javax.annotation.Nullable;

/** An entry of a layer while layers are laid over it: what becomes of it is not known yet. */
final class StoredEntry {
  final int step;
  final TreePath path;
  final EntryType type;
  final ChangeKind change;
  final long bytes;
  final @Nullable Content content; // of a file
  private int names = 1;
  private int goneAt;
  private ChangeKind goneBy = ChangeKind.ADDED;

  StoredEntry(
      int step,
      TreePath path,
      EntryType type,
      ChangeKind change,
      long bytes,
      @Nullable Content content) {
    this.step = step;
    this.path = path;
    this.type = type;
    this.change = change;
    this.bytes = bytes;
    this.content = content;
  }

  /** Whether the image's final tree has it. */
  boolean isVisible() {
    return goneAt == 0 && change != ChangeKind.DELETED;
  }

  void addName() {
    names++;
  }

  /** Takes a name away; with the last one the entry is gone. */
  void removeName(int step, ChangeKind how) {
    if (--names == 0) {
      goneAt = step;
      goneBy = how;
    }
  }

  ReportEntry report() {
    return new ReportEntry(path, type, change, bytes, goneAt, goneBy);
  }
}
