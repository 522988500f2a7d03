// SPDX-License-Identifier: Apache-2.0
package dev.lamina.insight;

import dev.lamina.fs.TreePath;
import dev.lamina.oci.Digest;
import java.util.List;

/**
 * The same bytes, stored several times for files that are all to be seen in the image.
 *
 * @param content the digest of the bytes
 * @param bytes how many there are of them
 * @param places where they are, at least two; by step, then by path
 */
public record Duplicate(Digest content, long bytes, List<Place> places) {
  /** Copies the list. */
  public Duplicate {
    places = List.copyOf(places);
  }

  /**
   * One of the files.
   *
   * @param step the number of the step that stored it
   * @param path where it is
   */
  public record Place(int step, TreePath path) {}

  /** Returns the bytes that one copy would have saved. */
  public long wastedBytes() {
    return bytes * (places.size() - 1);
  }

  /** Returns whether the files are in more than one layer. */
  public boolean isAcrossLayers() {
    return places.stream().mapToInt(Place::step).distinct().count() > 1;
  }
}
