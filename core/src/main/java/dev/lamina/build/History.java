// SPDX-License-Identifier: Apache-2.0
package dev.lamina.build;

import dev.lamina.oci.HistoryEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives the entries of a history their times, as BuildKit does. */
final class History {
  static final String COMMENT = "buildkit.dockerfile.v0";

  private History() {}

  /**
   * Returns the history with times for the entries that have none: that of the layer before, or of
   * the first layer made after the first such entry.
   */
  static List<HistoryEntry> complete(List<HistoryEntry> history) {
    Optional<Instant> time = firstNewTime(history);
    List<HistoryEntry> complete = new ArrayList<>();
    boolean missing = false;
    for (HistoryEntry entry : history) {
      if (entry.created().isPresent()) {
        time = missing ? entry.created() : time;
        complete.add(entry);
      } else {
        missing = true;
        complete.add(at(entry, time));
      }
    }
    return complete;
  }

  private static Optional<Instant> firstNewTime(List<HistoryEntry> history) {
    Optional<Instant> time = Optional.empty();
    boolean missing = false;
    for (HistoryEntry entry : history) {
      if (entry.created().isPresent()) {
        time = entry.created();
        if (missing) {
          return time;
        }
      } else {
        missing = true;
      }
    }
    return time;
  }

  /**
   * Returns the history with an entry for each layer: where some are missing, because the base was
   * no image, they come last and tell of the last layer, as BuildKit has it.
   */
  static List<HistoryEntry> cover(List<HistoryEntry> history, int layers, String lastLayer) {
    List<HistoryEntry> covered = new ArrayList<>(history);
    long known = history.stream().filter(entry -> !entry.emptyLayer()).count();
    for (long i = known; i < layers; i++) {
      covered.add(
          new HistoryEntry(Optional.empty(), lastLayer, "", "buildkit.exporter.image.v0", false));
    }
    return covered;
  }

  /** Returns the history with no entry that was not in the base later than {@code latest}. */
  static List<HistoryEntry> clamp(
      List<HistoryEntry> history, List<HistoryEntry> base, Instant latest) {
    List<HistoryEntry> clamped = new ArrayList<>();
    boolean inBase = true;
    for (int i = 0; i < history.size(); i++) {
      HistoryEntry entry = history.get(i);
      inBase = inBase && i < base.size() && entry.equals(base.get(i));
      boolean late = entry.created().isEmpty() || entry.created().get().isAfter(latest);
      clamped.add(!inBase && late ? at(entry, Optional.of(latest)) : entry);
    }
    return clamped;
  }

  static HistoryEntry entry(String createdBy, Optional<Instant> created, boolean emptyLayer) {
    return new HistoryEntry(created, createdBy, "", COMMENT, emptyLayer);
  }

  private static HistoryEntry at(HistoryEntry entry, Optional<Instant> time) {
    return new HistoryEntry(
        time, entry.createdBy(), entry.author(), entry.comment(), entry.emptyLayer());
  }
}
