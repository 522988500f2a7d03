// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import dev.lamina.oci.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds files that hold the same bytes; reads only those that share their size with another. */
final class DuplicateSearch {
  private DuplicateSearch() {}

  static List<Duplicate> search(List<StoredEntry> files) throws IOException {
    Map<Long, List<StoredEntry>> bySize = new HashMap<>();
    for (StoredEntry file : files) {
      if (file.bytes > 0) {
        bySize.computeIfAbsent(file.bytes, size -> new ArrayList<>()).add(file);
      }
    }
    List<Duplicate> found = new ArrayList<>();
    for (List<StoredEntry> candidates : bySize.values()) {
      if (candidates.size() > 1) {
        addEqual(candidates, found);
      }
    }
    found.sort(comparingLong(Duplicate::wastedBytes).reversed().thenComparing(Duplicate::content));
    return List.copyOf(found);
  }

  private static void addEqual(List<StoredEntry> candidates, List<Duplicate> found)
      throws IOException {
    Map<Digest, List<Duplicate.Place>> byDigest = new HashMap<>();
    for (StoredEntry file : candidates) {
      if (file.content != null) {
        byDigest
            .computeIfAbsent(Digest.sha256(file.content), digest -> new ArrayList<>())
            .add(new Duplicate.Place(file.step, file.path));
      }
    }
    byDigest.forEach(
        (digest, places) -> {
          if (places.size() > 1) {
            places.sort(
                comparingInt(Duplicate.Place::step)
                    .thenComparing(comparing(Duplicate.Place::path)));
            found.add(new Duplicate(digest, candidates.get(0).bytes, places));
          }
        });
  }
}
