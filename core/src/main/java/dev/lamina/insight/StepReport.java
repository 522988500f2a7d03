// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static java.util.Comparator.comparingLong;

import dev.lamina.oci.Digest;
import dev.lamina.oci.HistoryEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one step did.
 *
 * @param number which step, from 1
 * @param instruction the instruction on one line; empty if the image doesn't say
 * @param history what the image notes of the step
 * @param diffId the diff ID of the step's layer; empty if it made none
 * @param size the size of the uncompressed layer in bytes, 0 if it made none
 * @param entries what the layer says, in its order
 */
public record StepReport(
    int number,
    String instruction,
    HistoryEntry history,
    Optional<Digest> diffId,
    long size,
    List<ReportEntry> entries) {
  /** Copies the list. */
  public StepReport {
    entries = List.copyOf(entries);
  }

  /** Returns what the step added. */
  public Count added() {
    return count(e -> e.change() == ChangeKind.ADDED);
  }

  /** Returns what the step changed, be it only in its attributes. */
  public Count changed() {
    return count(e -> e.change() == ChangeKind.CHANGED || e.change() == ChangeKind.ATTRIBUTES);
  }

  /** Returns what the layer holds although it was there before, just so. */
  public Count again() {
    return count(e -> e.change() == ChangeKind.AGAIN);
  }

  /**
   * Returns what the step deleted, a directory counting once; the bytes are those it hides, which
   * layers below still hold.
   */
  public Count deleted() {
    return count(e -> e.change() == ChangeKind.DELETED);
  }

  /** Returns the files of the layer that later steps hide: bytes the image carries for nothing. */
  public Count wasted() {
    return count(e -> e.wastedBytes() > 0);
  }

  /** Returns the largest files of the layer, the largest first. */
  public List<ReportEntry> largestFiles(int limit) {
    return entries.stream()
        .filter(e -> e.type() == EntryType.FILE && e.change() != ChangeKind.DELETED)
        .sorted(comparingLong(ReportEntry::bytes).reversed().thenComparing(ReportEntry::path))
        .limit(limit)
        .toList();
  }

  private Count count(Predicate<ReportEntry> which) {
    Count count = Count.NONE;
    for (ReportEntry entry : entries) {
      if (which.test(entry)) {
        count = count.plus(entry.bytes());
      }
    }
    return count;
  }
}
