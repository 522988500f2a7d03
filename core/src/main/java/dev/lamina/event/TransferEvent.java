// SPDX-License-Identifier: Apache-2.0
package dev.lamina.event;

import static java.util.Objects.requireNonNull;

/**
 * What happened to one blob of an image on its way from or to a registry.
 *
 * <p>Each blob tells either {@link Kind#PRESENT} or {@link Kind#MOUNTED} alone, or {@link
 * Kind#STARTED}, any number of {@link Kind#PROGRESS}, then {@link Kind#DONE}. Blobs interleave.
 * When a transfer fails, no more events come.
 *
 * @param kind what happened
 * @param blob the blob's digest, {@code sha256:…}
 * @param bytes how many have been moved so far; those that a broken connection lost count once
 * @param total the blob's size
 */
public record TransferEvent(Kind kind, String blob, long bytes, long total) {
  /** What can happen to a blob. */
  public enum Kind {
    /** It is there already: nothing is moved. */
    PRESENT,
    /** The registry shared it from another of its repositories: nothing is moved. */
    MOUNTED,
    /** It begins to move. */
    STARTED,
    /** More of it has been moved. */
    PROGRESS,
    /** It is there, whole and checked. */
    DONE
  }

  /** Checks that nothing is missing. */
  public TransferEvent {
    requireNonNull(kind);
    requireNonNull(blob);
  }
}
