// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups what is hidden by who stored it and who hid it. */
final class WasteList {
  private WasteList() {}

  private record Pair(int storedBy, int hiddenBy, ChangeKind how) {}

  static List<Waste> of(List<StepReport> steps) {
    Map<Pair, Waste> found = new LinkedHashMap<>();
    Map<Pair, Long> largest = new LinkedHashMap<>();
    for (StepReport step : steps) {
      for (ReportEntry entry : step.entries()) {
        if (entry.wastedBytes() > 0) {
          Pair pair = new Pair(step.number(), entry.goneAt(), entry.goneBy());
          boolean larger = entry.bytes() > largest.getOrDefault(pair, -1L);
          if (larger) {
            largest.put(pair, entry.bytes());
          }
          found.merge(pair, first(pair, entry), (a, b) -> plus(a, entry, larger));
        }
      }
    }
    List<Waste> list = new ArrayList<>(found.values());
    list.sort(
        comparingLong((Waste w) -> w.files().bytes())
            .reversed()
            .thenComparing(Waste::storedBy)
            .thenComparing(Waste::hiddenBy)
            .thenComparing(comparing(Waste::how)));
    return List.copyOf(list);
  }

  private static Waste first(Pair pair, ReportEntry entry) {
    return new Waste(
        pair.storedBy(), pair.hiddenBy(), pair.how(), Count.NONE.plus(entry.bytes()), entry.path());
  }

  private static Waste plus(Waste waste, ReportEntry entry, boolean larger) {
    return new Waste(
        waste.storedBy(),
        waste.hiddenBy(),
        waste.how(),
        waste.files().plus(entry.bytes()),
        larger ? entry.path() : waste.largest());
  }
}
