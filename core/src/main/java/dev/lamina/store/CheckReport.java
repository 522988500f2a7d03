// SPDX-License-Identifier: Apache-2.0
package dev.lamina.store;

import java.util.List;

/**
 * What checking a store found.
 *
 * @param blobs how many blobs were read
 * @param images how many manifests of images were followed
 * @param findings what isn't as it must be; none if the store is sound
 */
public record CheckReport(int blobs, int images, List<Finding> findings) {
  /** What can be wrong with a store. */
  public enum Kind {
    /** The layout's own files can't be read. */
    LAYOUT,
    /** A blob isn't what its digest says. */
    BLOB,
    /** An uncompressed copy of a layer isn't what its diff ID says. */
    COPY,
    /** The index of a layer, or the tree that is kept of it, isn't that of its tar. */
    INDEX,
    /** A blob is noted as a layer that it isn't. */
    RECORD,
    /** A name or a known image stands for something of which a part isn't there or isn't sound. */
    IMAGE,
    /** A container that is kept lacks its image or a layer. */
    CONTAINER
  }

  /**
   * One thing that isn't as it must be.
   *
   * @param kind what it is about
   * @param subject a file's name, a digest or an image's name
   * @param message what was expected and what was found
   * @param repaired whether it is as it must be now; false too when nothing was to be repaired
   */
  public record Finding(Kind kind, String subject, String message, boolean repaired) {
    /** Returns kind, subject and message on a line. */
    @Override
    public String toString() {
      return kind + " " + subject + ": " + message + (repaired ? " (repaired)" : "");
    }
  }

  /** Copies the list. */
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** Returns whether everything is as it must be, or is so now. */
  public boolean isSound() {
    return findings.stream().allMatch(Finding::repaired);
  }
}
